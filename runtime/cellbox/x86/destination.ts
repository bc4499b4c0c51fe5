/**
 * Whom an interrupt of a device names: the CPU with that APIC ID, or in logical mode those of eight whose bits are set (flat model: Intel SDM volume
 * 3A, 11.6.2.2).
 */
import { Cell, cpus } from "../cell.ts";

export const LOGICAL_CPUS: u32 = 8;

/** All that are named are the cell's. A logical destination may name nobody. */
export function isWithin(cell: Cell, destination: u32, logical: bool): bool {
  if (!logical) return destination < <u32>cpus.length && cpus[destination].cell == cell;
  if (destination >> LOGICAL_CPUS != 0) return false;
  for (let id: u32 = 0; id < LOGICAL_CPUS; id++) {
    if (((destination >> id) & 1) != 0 && !isWithin(cell, id, false)) return false;
  }
  return true;
}
