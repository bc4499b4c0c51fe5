/**
 * The counter and the timer of each CPU: on Arm the generic timer's (Arm ARM D11), on x86 the TSC and the local APIC's
 * timer. Time runs in ticks of the counter, `hz` of them a second; it starts when the board does.
 */

import * as cpu from "jh-inmate/machine/cpu";
import * as machine from "jh-inmate/machine/timer";
import * as jh from "./jh";

const NS_PER_SECOND: u64 = 1_000_000_000;

/** Ticks a second: CNTFRQ_EL0, or what the hypervisor says of the TSC. */
export const hz: u64 = jh.counter_hz();

/** The timer's interrupt, for `irq.on`: a number of the machine's. */
export const irq: u32 = machine.irq;

/** Ticks since the board's start (CNTVCT_EL0, TSC). */
export function now(): u64 {
  return jh.counter();
}

/**
 * Fires the timer's interrupt on this CPU once the counter reaches `count`, at once if it is past. Replaces what was
 * set before. The handler sets the next time, or calls `stop`.
 */
export function at(count: u64): void {
  machine.at(count);
}

/** No more interrupts of the timer, until the next `at`. */
export function stop(): void {
  machine.stop();
}

/**
 * Nanoseconds in ticks, rounded down. Exact for every rate and 500 years: seconds and the rest are converted apart, and
 * the rest's product, below 2^32 * 10^9, fits in 64 bits.
 */
export function ticks(ns: u64): u64 {
  const rate: u64 = jh.counter_hz();
  return (ns / NS_PER_SECOND) * rate + ((ns % NS_PER_SECOND) * rate) / NS_PER_SECOND;
}

/** Ticks in nanoseconds, rounded down, as exact as `ticks`. */
export function ns(ticks: u64): u64 {
  const rate: u64 = jh.counter_hz();
  return (ticks / rate) * NS_PER_SECOND + ((ticks % rate) * NS_PER_SECOND) / rate;
}

/** What the counter reaches `ns` nanoseconds from now, not earlier. */
export function after(ns: u64): u64 {
  return now() + ticks(ns) + 1;
}

/** Lets at least `ns` nanoseconds pass; interrupts are served. `cell.sleep` also answers the hypervisor's messages. */
export function wait(ns: u64): void {
  const end = after(ns);
  while (approaches(end)) {}
}

/** One step of a wait: false when the counter has reached `end`; else it sleeps a little, if there is time for it. */
export function approaches(end: u64): bool {
  const count = now();
  if (count >= end) return false;
  cpu.sleep(end - count);
  return true;
}
