/** For the SDK's own periods: there is only one timer a CPU, so the program must leave it to them. */
import * as jh from "../jh";

export { at, irq, stop } from "./timer";

export function now(): u64 {
  return jh.counter();
}
