/** The physical timer of the CPU (Arm ARM D11.1.2, PPI 14 after the Arm BSA): for the SDK's own periods, the virtual one is the program's. */
import * as jh from "../jh";

export const irq: u32 = 30;

export function now(): u64 {
  return jh.physical_counter();
}
export function at(count: u64): void {
  jh.physical_timer_compare(count);
  jh.physical_timer_control(1);
}
export function stop(): void {
  jh.physical_timer_control(0);
}
