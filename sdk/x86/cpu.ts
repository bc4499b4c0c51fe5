/** How an x86 CPU waits: HLT, with an interrupt of the timer as its longest sleep. */
import * as jh from "../jh";
import * as timer from "./timer";

/** HLT may sleep at most this part of a second, so that `cell.serve` looks for messages often enough. */
const WAKE_UPS_PER_SECOND: u32 = 100;
/** To set the timer takes a hypervisor up to this part of a second: a shorter time is spun away. */
const SETTINGS_PER_SECOND: u32 = 20_000;

/** The runtime calls it once a CPU: there is nothing to start before the first wait. */
export function start(): void {}

export function wait(): void {
  sleep(u64.MAX_VALUE);
}

/**
 * Sleeps for so many ticks of the counter, or less. While interrupts are held back nothing could end HLT. They are let
 * in by HLT itself: one that came before it would leave the CPU asleep.
 */
export function sleep(ticks: u64): void {
  const rate = jh.counter_hz();
  const mask = jh.interrupts_off();
  if (mask == 0 && ticks >= rate / SETTINGS_PER_SECOND) {
    timer.wakeWithin(min<u64>(ticks, rate / WAKE_UPS_PER_SECOND));
    jh.interrupts_wait();
  } else {
    jh.interrupts_restore(mask);
    jh.relax();
  }
}
