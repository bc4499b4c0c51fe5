/** The monitor's own timer, EL2's (Arm ARM D17.11, CNTHP), on each CPU. */
import * as jh from "../jh.ts";
import { ArmCpu } from "./cells.ts";
import { CNTHP_CTL_EL2, CNTHP_CVAL_EL2, TPIDR_EL2 } from "./registers.ts";

export const NEVER: u64 = u64.MAX_VALUE;

/** Of the CPU that calls: its interrupt comes, wherever the CPU is then, when the counter (the virtual one: its offset is 0) reaches this. */
export function setDeadline(cpu: ArmCpu, count: u64): void {
  cpu.deadline = count;
  program(count);
}

/** Sleeps until something is pending, or the counter reaches this; the CPU's deadline ends it, too. */
export function sleepUntil(count: u64): void {
  const deadline = changetype<ArmCpu>(<usize>jh.register_read(TPIDR_EL2)).deadline;
  program(min(count, deadline));
  jh.wait_interrupt();
  program(deadline);
}

function program(count: u64): void {
  jh.register_write(CNTHP_CVAL_EL2, count);
  jh.register_write(CNTHP_CTL_EL2, count == NEVER ? 0 : 1);
}
