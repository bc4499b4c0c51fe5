/**
 * The physical GICv3 (Arm IHI 0069). The monitor takes every interrupt and hands it to the cell by a list register; the hardware link lets
 * the cell's end of interrupt deactivate the physical one.
 */
import { Cell, Cpu, cpus } from "../cell.ts";
import * as jh from "../jh.ts";
import { GICD, GICR, GICR_STRIDE } from "../qemu/machine.ts";
import * as reg from "./registers.ts";

/** Says: look at your `command` and `sgis`. All others of 16 would do, too. */
export const SGI_KICK: u32 = 0;
/** PPIs of the monitor: list registers run empty, its timer. */
export const PPI_MAINTENANCE: u32 = 25;
const PPI_TIMER: u32 = 26;
/** Bits of SGIs and PPIs that a cell cannot touch at its redistributor. */
export const RESERVED: u32 = (1 << PPI_MAINTENANCE) | (1 << PPI_TIMER) | 3;

/** Interrupt IDs from here on mean that nothing is pending. */
const SPECIAL: u32 = 1020;

const GICD_CTLR: u64 = GICD;
const GICD_IGROUPR: u64 = GICD + 0x80;
const GICD_ICENABLER: u64 = GICD + 0x180;
const GICD_ICPENDR: u64 = GICD + 0x280;
const GICD_ICACTIVER: u64 = GICD + 0x380;
const GICD_IROUTER: u64 = GICD + 0x6000;
/** Affinity routing, group 1 on (12.9, GICD_CTLR); with one security state these are bits 4 and 1. */
const GICD_ENABLE: u64 = (1 << 4) | (1 << 1);

const WAKER: u64 = 0x14;
const WAKER_PROCESSOR_SLEEP: u64 = 2;
const WAKER_CHILDREN_ASLEEP: u64 = 4;
const SGI_FRAME: u64 = 0x10000;
const IGROUPR0: u64 = SGI_FRAME + 0x80;
const ISENABLER0: u64 = SGI_FRAME + 0x100;
const ICENABLER0: u64 = SGI_FRAME + 0x180;
const ICPENDR0: u64 = SGI_FRAME + 0x280;
const ICACTIVER0: u64 = SGI_FRAME + 0x380;
const ALL: u64 = 0xffffffff;

/** Priority drop and deactivation apart (12.2, ICC_CTLR_EL1.EOImode). */
const CTLR_EOIMODE: u64 = 2;
const PMR_ALL: u64 = 0xff;
const SRE_ENABLE: u64 = 0xf;

/** Once: what stock images rely on Linux having done. */
export function initDistributor(): void {
  jh.device_write(GICD_CTLR, GICD_ENABLE, 4);
  for (let word: u64 = 1; word < 32; word++) jh.device_write(GICD_IGROUPR + 4 * word, ALL, 4);
}

/** Each CPU for itself. */
export function initCpu(cpu: Cpu): void {
  const redistributor = GICR + cpu.index * GICR_STRIDE;
  jh.device_write(redistributor + WAKER, jh.device_read(redistributor + WAKER, 4) & ~WAKER_PROCESSOR_SLEEP, 4);
  while ((jh.device_read(redistributor + WAKER, 4) & WAKER_CHILDREN_ASLEEP) != 0) jh.barrier_device();
  jh.device_write(redistributor + IGROUPR0, ALL, 4);
  resetPrivate(cpu);
  jh.device_write(redistributor + ISENABLER0, RESERVED, 4);
  jh.register_write(reg.ICC_SRE_EL2, SRE_ENABLE);
  jh.register_write(reg.ICC_SRE_EL1, 7);
  jh.register_write(reg.ICC_CTLR_EL1, CTLR_EOIMODE);
  jh.register_write(reg.ICC_PMR_EL1, PMR_ALL);
  jh.register_write(reg.ICC_IGRPEN1_EL1, 1);
}

/** At a start of the cell all its PPIs are off. */
export function resetPrivate(cpu: Cpu): void {
  const redistributor = GICR + cpu.index * GICR_STRIDE;
  jh.device_write(redistributor + ICENABLER0, ~RESERVED, 4);
  jh.device_write(redistributor + ICPENDR0, ~RESERVED, 4);
  jh.device_write(redistributor + ICACTIVER0, ~RESERVED, 4);
}

/** At a start of the cell its SPIs are off and go to its first CPU. */
export function resetShared(cell: Cell): void {
  for (let word: u32 = 1; word < 32; word++) {
    const own = cell.spis[word];
    if (own == 0) continue;
    jh.device_write(GICD_ICENABLER + 4 * word, own, 4);
    jh.device_write(GICD_ICPENDR + 4 * word, own, 4);
    jh.device_write(GICD_ICACTIVER + 4 * word, own, 4);
    for (let bit: u32 = 0; bit < 32; bit++) {
      if (((own >> bit) & 1) != 0)
        jh.device_write(GICD_IROUTER + 8 * (32 * word + bit), cpus[cell.firstCpu].affinity, 8);
    }
  }
}

/** The interrupt to handle, its priority dropped, or -1. It stays active, so it comes no more until it is deactivated. */
export function acknowledge(): i32 {
  const id = <u32>jh.register_read(reg.ICC_IAR1_EL1) & 0xffffff;
  if (id >= SPECIAL) return -1;
  jh.register_write(reg.ICC_EOIR1_EL1, id);
  return id;
}

export function deactivate(id: u32): void {
  jh.register_write(reg.ICC_DIR_EL1, id);
}

/** Makes another CPU look. */
export function kick(cpu: Cpu): void {
  const a = cpu.affinity;
  const target =
    (((a >> 32) & 0xff) << 48) | (((a >> 16) & 0xff) << 32) | (((a >> 8) & 0xff) << 16) | ((<u64>1) << (a & 15));
  jh.barrier_device();
  jh.register_write(reg.ICC_SGI1R_EL1, target | ((<u64>SGI_KICK) << 24));
}

/** Sleeps until something is pending, or the counter (the virtual one: its offset is 0) reaches this. */
export function sleepUntil(count: u64): void {
  jh.register_write(reg.CNTHP_CVAL_EL2, count);
  jh.register_write(reg.CNTHP_CTL_EL2, 1);
  jh.wait_interrupt();
  jh.register_write(reg.CNTHP_CTL_EL2, 0);
}
