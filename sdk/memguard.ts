/**
 * MemGuard: a budget of memory accesses for each period (Yun and others, RTAS 2013). A CPU that has used it up stands still until
 * the period ends, so that the other CPUs' share of the memory's bandwidth is left to them.
 *
 * `regulate` takes the hypervisor's, which the real-time fork has, else the program regulates itself: by an overflow
 * interrupt of the PMU and the physical timer, which the program then must leave alone (the virtual one stays its own).
 *
 *     memguard.regulate(1000, 20_000);   // at most 20,000 L2 refills a millisecond, 1.28 GB/s
 */
import * as pmu from "jh-inmate/machine/pmu";
import * as hypercall from "./memguard/hypercall";
import { Regulator } from "./memguard/regulator";

export {
  eventsOf,
  isError,
  isOverBudget,
  isOverTime,
  MASK_INTERRUPTS,
  microsecondsOf,
  PERIODIC,
  set,
} from "./memguard/hypercall";
export { Regulator } from "./memguard/regulator";

/** Whether the hypervisor has MemGuard. Asking ends what was set before. */
export function isHypervisors(): bool {
  return hypercall.isThere();
}

let own: Regulator | null = null;

/**
 * On this CPU, from now on: at most `budget` events each `period` microseconds. The hypervisor's counts L2 refills; for the
 * program's own, `event` may name another (a PMU event).
 */
export function regulate(period: u32, budget: u32, event: u32 = pmu.REFILLS): void {
  stop();
  if (hypercall.isThere()) hypercall.set(period, budget, hypercall.PERIODIC);
  else own = new Regulator(period, budget, event);
}

export function stop(): void {
  const regulator = own;
  if (regulator != null) regulator.stop();
  else hypercall.isThere();
  own = null;
}

/**
 * What the program's own regulation has seen; null while the hypervisor's is at work, which tells in the result of the next
 * call (`set`), and before `regulate`.
 */
export function regulator(): Regulator | null {
  return own;
}
