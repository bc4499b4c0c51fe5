/**
 * Delivery to the cell by list registers (GICv3 spec 12.4). What finds none free waits in `overflow`; the maintenance interrupt comes when they
 * run empty. All have priority 0, as real Jailhouse delivers them: a cell sees no preemption among its interrupts.
 */
import { Cpu, STAT_VIRTUAL_IRQ, STAT_VIRTUAL_SGI } from "../cell.ts";
import * as jh from "../jh.ts";
import * as reg from "./registers.ts";

const LR_PENDING: u64 = (<u64>1) << 62;
const LR_ACTIVE: u64 = (<u64>1) << 63;
const LR_HARDWARE: u64 = (<u64>1) << 61;
const LR_GROUP1: u64 = (<u64>1) << 60;
const LR_PHYSICAL_SHIFT: u64 = 32;

const HCR_ENABLE: u64 = 1;
/** Maintenance interrupt when at most one list register is in use. */
const HCR_UNDERFLOW: u64 = 2;

const SGIS: u32 = 16;

/** As at a start of the cell: nothing pending, interface off. */
export function reset(cpu: Cpu): void {
  for (let n: u32 = 0; n < listRegisters(); n++) jh.register_write(reg.ICH_LR0_EL2 + n, 0);
  for (let n: u32 = 0; n < SGIS; n++) cpu.sgis[n] = 0;
  for (let word = 0; word < cpu.overflow.length; word++) cpu.overflow[word] = 0;
  cpu.event = false;
  jh.register_write(reg.ICH_AP0R0_EL2, 0);
  jh.register_write(reg.ICH_AP1R0_EL2, 0);
  jh.register_write(reg.ICH_VMCR_EL2, 0);
  jh.register_write(reg.ICH_HCR_EL2, HCR_ENABLE);
}

/** PPIs and SPIs are the physical ones; SGIs come from CPUs of the cell. */
export function deliver(cpu: Cpu, id: u32): void {
  cpu.event = true;
  cpu.count(id < SGIS ? STAT_VIRTUAL_SGI : STAT_VIRTUAL_IRQ);
  if (insert(id)) return;
  cpu.overflow[id >> 5] |= 1 << (id & 31);
  jh.register_write(reg.ICH_HCR_EL2, HCR_ENABLE | HCR_UNDERFLOW);
}

/** What other CPUs have sent. */
export function takeSgis(cpu: Cpu): void {
  for (let n: u32 = 0; n < SGIS; n++) {
    if (cpu.sgis[n] == 0) continue;
    cpu.sgis[n] = 0;
    deliver(cpu, n);
  }
}

/** List registers have become free: fill them again. */
export function refill(cpu: Cpu): void {
  for (let word = 0; word < cpu.overflow.length; word++) {
    while (cpu.overflow[word] != 0) {
      const bit = ctz(cpu.overflow[word]);
      if (!insert(32 * word + bit)) return;
      cpu.overflow[word] &= ~(1 << bit);
    }
  }
  jh.register_write(reg.ICH_HCR_EL2, HCR_ENABLE);
}

/** Something is on its way to the cell. */
export function isPending(): bool {
  for (let n: u32 = 0; n < listRegisters(); n++) {
    if ((jh.register_read(reg.ICH_LR0_EL2 + n) & LR_PENDING) != 0) return true;
  }
  return false;
}

/** false: no list register is free. An SGI that is there already becomes pending once more. */
function insert(id: u32): bool {
  let free: i32 = -1;
  for (let n: u32 = 0; n < listRegisters(); n++) {
    const value = jh.register_read(reg.ICH_LR0_EL2 + n);
    if ((value & (LR_PENDING | LR_ACTIVE)) == 0) {
      if (free < 0) free = n;
    } else if (<u32>value == id) {
      if (id < SGIS) jh.register_write(reg.ICH_LR0_EL2 + n, value | LR_PENDING);
      return true;
    }
  }
  if (free < 0) return false;
  const link = id < SGIS ? 0 : LR_HARDWARE | ((<u64>id) << LR_PHYSICAL_SHIFT);
  jh.register_write(reg.ICH_LR0_EL2 + free, LR_PENDING | LR_GROUP1 | link | id);
  return true;
}

function listRegisters(): u32 {
  return <u32>(jh.register_read(reg.ICH_VTR_EL2) & 0x1f) + 1;
}
