/**
 * The local APIC's timer (Intel SDM 3A, 11.5.4). Each CPU has one, and two want it: the program, for `timer.at`, and a
 * waiting CPU, which is to wake up now and then. It is set for whichever comes first; the program's handler is called
 * only when the program's own time has come.
 *
 * Invariant: a CPU's `ARMED` is never later than what its timer is set for, and the timer is set for the program's time
 * at the latest. Whoever changes both holds interrupts back.
 */
import * as comm from "../comm-region";
import * as jh from "../jh";
import { takesDeadline } from "./apic-timer";
import * as interrupts from "./interrupts";

/** The last vector: the local APIC serves high ones first (11.8.3.1). */
export const irq: u32 = 95;

/** x2APIC registers (11.12.1.2), and the deadline of 11.5.4.1. */
const LVT_TIMER: u32 = 0x832;
const INITIAL_COUNT: u32 = 0x838;
const DIVIDE: u32 = 0x83e;
const TSC_DEADLINE: u32 = 0x6e0;

const DEADLINE_MODE: u32 = 1 << 18;
const BY_16: u32 = 3;

/** What is kept for each CPU: the count that its timer is set for, and the program's. 0: not set up, and none. */
const ARMED: u64 = 0;
const WANTED: u64 = 8;
const NEVER: u64 = u64.MAX_VALUE;

/** A longer time would not fit into the 32 bits of the count: it is reached in several. Seconds. */
const LONGEST: u64 = 8;

let byDeadline: bool = false;
/** Somebody handles the program's interrupt. */
let isHandled: bool = false;

export function at(count: u64): void {
  const mask = jh.interrupts_off();
  const cpu = own();
  const wanted = max<u64>(count, 1);
  jh.store64(cpu + WANTED, wanted);
  comesBy(cpu, wanted);
  jh.interrupts_restore(mask);
}

export function stop(): void {
  jh.store64(own() + WANTED, 0);
}

/** With interrupts held back: sees to it that an interrupt comes within so many ticks of the counter. */
export function wakeWithin(ticks: u64): void {
  comesBy(own(), jh.counter() + ticks);
}

/** On the timer's interrupt: whether it is the program's. */
export function isDue(): bool {
  const cpu = own();
  const wanted = jh.load64(cpu + WANTED);
  jh.store64(cpu + ARMED, NEVER);
  if (wanted == 0 || !isHandled) return false;
  if (jh.counter() < wanted) {
    arm(cpu, wanted);
    return false;
  }
  jh.store64(cpu + WANTED, 0);
  return true;
}

/** Lets the program's interrupt through, or holds it back: it comes later then. */
export function letThrough(yes: bool): void {
  isHandled = yes;
  const wanted = jh.load64(own() + WANTED);
  if (yes && wanted != 0) at(wanted);
}

function own(): u64 {
  return jh.cpu_words(jh.cpu_index());
}

function comesBy(cpu: u64, count: u64): void {
  const armed = jh.load64(cpu + ARMED);
  if (armed == 0) setUp();
  if (armed == 0 || armed > count) arm(cpu, count);
}

function setUp(): void {
  interrupts.startCpu();
  byDeadline = takesDeadline();
  jh.msr_write(LVT_TIMER, byDeadline ? irq | DEADLINE_MODE : irq);
  // What the timer was divided by before the cell had this CPU stays as it was (jailhouse-abi 3.3).
  jh.msr_write(DIVIDE, BY_16);
  // The mode first, then the deadline (11.5.4.1).
  jh.barrier_device();
}

function arm(cpu: u64, count: u64): void {
  jh.store64(cpu + ARMED, count);
  if (byDeadline) jh.msr_write(TSC_DEADLINE, count);
  else jh.msr_write(INITIAL_COUNT, countsUntil(count));
}

/** Of the timer: rounded up, as it must not fire before its time; 0 would stop it. */
function countsUntil(count: u64): u64 {
  const now = jh.counter();
  if (count <= now) return 1;
  const rate = jh.counter_hz();
  const ticks = min<u64>(count - now, LONGEST * rate);
  return (ticks * comm.apicKhz()) / ((rate / 1000) * 16) + 1;
}
