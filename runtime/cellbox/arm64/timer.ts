/** The monitor's own timer, EL2's (Arm ARM D17.11, CNTHP). */
import * as jh from "../jh.ts";
import { CNTHP_CTL_EL2, CNTHP_CVAL_EL2 } from "./registers.ts";

/** Sleeps until something is pending, or the counter (the virtual one: its offset is 0) reaches this. */
export function sleepUntil(count: u64): void {
  jh.register_write(CNTHP_CVAL_EL2, count);
  jh.register_write(CNTHP_CTL_EL2, 1);
  jh.wait_interrupt();
  jh.register_write(CNTHP_CTL_EL2, 0);
}
