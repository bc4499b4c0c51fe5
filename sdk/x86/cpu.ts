/** How an x86 CPU waits. */
import * as jh from "../jh";

/** The runtime calls it once a CPU. */
export function start(): void {}

/** Ticks of the counter that `wait` lasts at most. */
export function longestSleep(): u32 {
  return 2;
}

export function wait(): void {
  jh.relax();
}
