/** The GIC, whichever the board has: chosen at the start, so that the choice costs nothing afterwards. */
import * as comm from "../comm-region";
import * as cpus from "./cpus";
import * as gicv2 from "./gic/gicv2";
import * as gicv3 from "./gic/gicv3";
import * as registers from "./gic/registers";

/** SGIs and PPIs: what any program may have handlers for. */
export const FIRST_TABLE: u32 = 32;
/** SGIs are what CPUs send each other. */
export const FIRST_SENT: u32 = 0;
export const LAST_SENT: u32 = 15;

/** On the first CPU. Gives the number of interrupts that there are. */
export function start(): u32 {
  const count = registers.start();
  if (isGicv2()) gicv2.start();
  else gicv3.start();
  return count;
}

/** Whether this CPU takes part. */
export function hasStarted(): bool {
  return registers.local() != 0;
}

/** On a further CPU. */
export function startCpu(): void {
  if (isGicv2()) gicv2.startCpu();
  else gicv3.startCpu();
}

/** Lets interrupt `id` through to this CPU. */
export function enable(id: u32): void {
  registers.enable(id);
}
export function disable(id: u32): void {
  registers.disable(id);
}

export function send(cpu: u32, id: u32): void {
  if (isGicv2()) gicv2.send(cpu, id);
  else gicv3.send(cpus.affinity(cpu), id);
}

function isGicv2(): bool {
  return comm.gicVersion() == 2;
}
