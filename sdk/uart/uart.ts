/**
 * Where console output goes: a UART, the hypervisor's own console, both or neither. Started at the first byte.
 *
 * The image has one UART driver, that of its cell's console ("jh-inmate/chosen/uart" stands for its file). A driver
 * knows its type in the comm region and its name for `con-type=`. `start` sets the UART up if there is a divider (else
 * its owner has done so), `isBusy` tells that no byte can be sent now, `transmit` sends one. They get the device address
 * of the registers, or the first I/O port.
 */

import * as driver from "jh-inmate/chosen/uart";
import * as access from "jh-inmate/machine/uart-access";
import * as args from "../args";
import { ascii } from "../ascii";
import * as comm from "../comm-region";
import * as jh from "../jh";

const CON_TYPE = ascii("con-type");
const HYPERCALL_PUTC: u64 = 8;
/**
 * So often in a row the transmitter has to look idle before a UART that others use too is taken for free (as the stock
 * inmates do).
 */
const IDLE_LOOKS: i32 = 100;

/** 0: there is no UART. */
let registers: u32 = 0;
let usesPutc: bool = false;

const DOWN: u32 = 0;
const STARTING: u32 = 1;
const UP: u32 = 2;
let phase: u32 = DOWN;

export function isDown(): bool {
  return phase == DOWN;
}
export function isUp(): bool {
  return phase == UP;
}

/** Sends a byte as it is. Without a console it is dropped. */
export function send(byte: u32): void {
  if (registers != 0 && settles(1)) driver.transmit(registers, byte);
  if (usesPutc) jh.hypercall(HYPERCALL_PUTC, byte, 0);
}

/** Once, with interrupts held back: a handler that prints meanwhile would find a console that is half set up. */
export function start(): void {
  const mask = jh.interrupts_off();
  phase = STARTING;
  // The last resort: the hypervisor takes or refuses it, whatever its comm region looks like.
  usesPutc = !comm.valid;
  if (comm.valid) {
    const flags = comm.flags();
    usesPutc = (flags & comm.PUTC_PERMITTED) != 0 && args.bool("con-virtual", (flags & comm.PUTC_ACTIVE) != 0);
    if (driver.TYPE != 0 && isMeant()) open();
  }
  phase = UP;
  jh.interrupts_restore(mask);
}

/** The command line may name a driver; another than ours means no UART. */
function isMeant(): bool {
  return args.hasNamed(CON_TYPE) ? args.equals(CON_TYPE, driver.NAME) : comm.consoleType() == driver.TYPE;
}

/** Has the driver set the UART up, then waits for what others may still be sending. */
function open(): void {
  const base = <u64>args.int("con-base", comm.consoleAddress());
  const divider = <u32>args.int("con-divider", comm.consoleDivider());
  const address = base == 0 ? 0 : access.open(base);
  if (address == 0) return;
  driver.start(address, divider);
  registers = address;
  if (divider == 0) settles(IDLE_LOOKS);
}

/**
 * Waits until the transmitter looks free `times` in a row. One that does not within a second is dead (no clock, say):
 * it is given up.
 */
function settles(times: i32): bool {
  const deadline = jh.counter() + jh.counter_hz();
  let looks = 0;
  do {
    looks = driver.isBusy(registers) ? 0 : looks + 1;
    if (looks == times) return true;
  } while (jh.counter() < deadline);
  registers = 0;
  return false;
}
