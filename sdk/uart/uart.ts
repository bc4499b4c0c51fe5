/**
 * Where console output goes: a UART, the hypervisor's own console, both or neither. Started at the first byte.
 *
 * A UART driver is three functions: `start` sets it up (with a divider only: else its owner has done so), `isBusy`
 * tells that no byte can be sent now, `transmit` sends one. They get the device address of the registers.
 */
import * as args from "../args";
import * as comm from "../comm-region";
import * as jh from "../jh";
import { choose } from "./drivers";
import * as pl011 from "./ns8250";

const GATE_INVERTED: u32 = 0x1000;
const HYPERCALL_PUTC: u64 = 8;
/** The registers of every UART that Jailhouse knows lie in so many bytes. */
const REGISTERS: u64 = 0x100;
/**
 * So often in a row the transmitter has to look idle before a UART that others use too is taken for free (as the stock
 * inmates do).
 */
const IDLE_LOOKS: i32 = 100;

/** 0: there is no UART. The driver's functions are any until it is chosen. */
let registers: u32 = 0;
let isBusy: (registers: u32) => bool = pl011.isBusy;
let transmit: (registers: u32, byte: u32) => void = pl011.transmit;
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
  if (registers != 0 && settles(1)) transmit(registers, byte);
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
    ungateClock();
    open();
  }
  phase = UP;
  jh.interrupts_restore(mask);
}

/** Maps the UART's registers and has its driver set it up; then waits for what others may still be sending. */
function open(): void {
  const base = <u64>args.int("con-base", comm.consoleAddress());
  const divider = <u32>args.int("con-divider", comm.consoleDivider());
  const address = base == 0 ? 0 : <u32>base;
  if (address == 0 || !choose(comm.consoleType(), address, divider)) return;
  registers = address;
  if (divider == 0) settles(IDLE_LOOKS);
}

/** The table of drivers calls it with its choice. */
export function use(busy: (registers: u32) => bool, send: (registers: u32, byte: u32) => void): void {
  isBusy = busy;
  transmit = send;
}

function ungateClock(): void {
  const clock = <u64>args.int("con-clock-reg", comm.consoleClock());
  if (clock == 0) return;
  const bit = (<u32>1) << (<u32>args.int("con-gate-nr", comm.consoleGate()));
  const inverted = args.bool("con-gate-inverted", (comm.consoleFlags() & GATE_INVERTED) != 0);
  const address = jh.map_device(clock, sizeof<u32>());
  const value = jh.read32(address);
  jh.write32(address, inverted ? value & ~bit : value | bit);
}

/**
 * Waits until the transmitter looks free `times` in a row. One that does not within a second is dead (no clock, say):
 * it is given up.
 */
function settles(times: i32): bool {
  const deadline = jh.counter() + jh.counter_hz();
  let looks = 0;
  do {
    looks = isBusy(registers) ? 0 : looks + 1;
    if (looks == times) return true;
  } while (jh.counter() < deadline);
  registers = 0;
  return false;
}
