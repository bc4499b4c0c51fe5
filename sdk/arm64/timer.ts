/** The virtual timer (Arm ARM D11). Each CPU has one. */
import * as jh from "../jh";

/** PPI 11 (Arm BSA). */
export const irq: u32 = 27;

export function at(count: u64): void {
  jh.timer_compare(count);
  jh.timer_control(1);
}

export function stop(): void {
  jh.timer_control(0);
}
