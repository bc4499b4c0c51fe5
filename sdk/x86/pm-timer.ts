/**
 * The power management timer (ACPI 6.4, 4.8.3.3): it counts at the same rate on every PC, but in 24 bits, and starts
 * again every 4.69 seconds. Here it counts in 64.
 *
 * How often it has started again tells the TSC: that the two agree to half a round is enough, so a reading must follow
 * the last one within hours. One CPU at a time may read it; handlers on the same one may.
 */
import * as comm from "../comm-region";
import { panic } from "../fault";
import * as jh from "../jh";

/** Ticks a second. */
export const hz: u64 = 3_579_545;

const ROUND: u64 = 1 << 24;
const NS_PER_SECOND: u64 = 1_000_000_000;

/** The last reading, and the TSC then. */
let last: u64 = 0;
let lastCounter: u64 = 0;

/** First port of the timer. ACPI's event registers stand at fixed distances from it on most machines. */
export function port(): u32 {
  const port = comm.pmTimerAddress();
  if (port == 0) panic("pmTimer: this machine has none");
  return port;
}

/** Ticks: at the first reading what the timer says, then counted on. */
export function now(): u64 {
  const mask = jh.interrupts_off();
  const raw = <u64>jh.in32(port()) & (ROUND - 1);
  const counter = jh.counter();
  if (lastCounter == 0) {
    last = raw;
  } else {
    const elapsed = counter - lastCounter;
    const rate = jh.counter_hz();
    const expected = last + (elapsed / rate) * hz + ((elapsed % rate) * hz) / rate;
    // The number nearest to what is expected that ends in what was read.
    last = expected + ROUND / 2 - ((expected + ROUND / 2 - raw) & (ROUND - 1));
  }
  lastCounter = counter;
  const ticks = last;
  jh.interrupts_restore(mask);
  return ticks;
}

/** Ticks in nanoseconds, rounded down. Exact: seconds and the rest are converted apart. */
export function ns(ticks: u64): u64 {
  return (ticks / hz) * NS_PER_SECOND + ((ticks % hz) * NS_PER_SECOND) / hz;
}

/** Nanoseconds in ticks, rounded down, as exact as `ns`. */
export function ticks(ns: u64): u64 {
  return (ns / NS_PER_SECOND) * hz + ((ns % NS_PER_SECOND) * hz) / NS_PER_SECOND;
}
