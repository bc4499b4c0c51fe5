/**
 * Where console output goes: a UART, the hypervisor's own console, both or neither. Started at the first byte.
 *
 * A UART driver is three functions: `start` sets it up (only with a divider: else its owner has done so), `isBusy` tells that no byte can be
 * sent now, `transmit` sends one. They get the device address of the registers.
 */
import * as args from "../args";
import * as comm from "../comm-region";
import * as jh from "../jh";
import { choose } from "./drivers";
import * as pl011 from "./pl011";

const GATE_INVERTED: u32 = 0x1000;
const HYPERCALL_PUTC: u64 = 8;
/** The registers of every UART that Jailhouse knows lie in so many bytes. */
const REGISTERS: u64 = 0x100;
/** So often in a row the transmitter has to look idle before a UART that others use too is taken for free (as the stock inmates do). */
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
  if (comm.valid) {
    const flags = comm.flags();
    usesPutc = (flags & comm.PUTC_PERMITTED) != 0 && args.bool("con-virtual", (flags & comm.PUTC_ACTIVE) != 0);
    ungateClock();
    choose(comm.consoleType());
  }
  phase = UP;
  jh.interrupts_restore(mask);
}

/** The table of drivers calls it with its choice. */
export function use(
  start: (registers: u32, divider: u32) => void,
  busy: (registers: u32) => bool,
  send: (registers: u32, byte: u32) => void,
): void {
  const base = <u64>args.int("con-base", comm.consoleAddress());
  const divider = <u32>args.int("con-divider", comm.consoleDivider());
  const address = base == 0 ? 0 : jh.map_device(base, REGISTERS);
  if (address == 0) return;
  isBusy = busy;
  transmit = send;
  if (divider != 0) start(address, divider);
  registers = address;
  if (divider == 0) settles(IDLE_LOOKS);
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

/** Waits until the transmitter looks free `times` in a row. One that does not within a second is dead (no clock, say) and no longer used. */
function settles(times: i32): bool {
  let deadline: u64 = 0;
  for (let looks = 0; looks < times; looks++) {
    if (!isBusy(registers)) continue;
    looks = -1;
    if (deadline == 0) deadline = jh.counter() + jh.counter_hz();
    else if (jh.counter() > deadline) {
      registers = 0;
      return false;
    }
    jh.relax();
  }
  return true;
}
