/**
 * Priorities as the fork sets them when a CPU of a cell starts (jailhouse-abi 6.1): what MemGuard needs is the highest, the rest no higher than
 * LOW, so that MASK_INTERRUPTS can tell them apart. The PMU's interrupt is LOW with the others on a GIC of sixteen priorities, and so masked, too.
 */
import * as jh from "../../jh.ts";
import { ArmCell, ArmCpu } from "../cells.ts";
import { GICD_IPRIORITYR, gic, PPI_MAINTENANCE, PPI_TIMER, SGI_KICK, SPIS } from "../gic.ts";

const HIGHEST: u64 = 0;
const LOW: u64 = 0x10;

export function lowerPrivate(cpu: ArmCpu): void {
  const priorities = gic.priorities(cpu);
  for (let id: u32 = 0; id < SPIS; id++) {
    // The monitor must be able to stop a cell that masks its interrupts: here the real fork waits for ever.
    const isMonitors = id == SGI_KICK || id == PPI_MAINTENANCE || id == PPI_TIMER;
    if (isMonitors) jh.device_write(priorities + id, HIGHEST, 1);
    else lower(priorities + id);
  }
}

export function lowerShared(cell: ArmCell): void {
  for (let id = SPIS; id < 1020; id++) {
    if (((cell.spis[id >> 5] >> (id & 31)) & 1) != 0) lower(GICD_IPRIORITYR + id);
  }
}

function lower(priority: u64): void {
  if (jh.device_read(priority, 1) < LOW) jh.device_write(priority, LOW, 1);
}
