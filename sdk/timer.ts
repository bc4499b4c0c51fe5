/**
 * The counter and the virtual timer (Arm ARM D11). Time runs in ticks of the counter, `hz` of them a second; it starts
 * when the board does.
 */
import * as jh from "./jh";
import * as machine from "jh-inmate/machine/cpu";

const NS_PER_SECOND: u64 = 1_000_000_000;

/** Ticks a second (CNTFRQ_EL0). */
export const hz: u64 = jh.counter_hz();

/** The virtual timer's interrupt: PPI 11 (Arm BSA). */
export const irq: u32 = 27;

/** Ticks since the board's start (CNTVCT_EL0). */
export function now(): u64 {
  return jh.counter();
}

/**
 * Fires the timer's interrupt once the counter reaches `count`, at once if it is past. Replaces what was set before.
 */
export function at(count: u64): void {
  jh.timer_compare(count);
  jh.timer_control(1);
}

/** No more interrupts of the timer, until the next `at`. */
export function stop(): void {
  jh.timer_control(0);
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
  if (end - count > machine.longestSleep()) machine.wait();
  else jh.relax();
  return true;
}
