/**
 * The interrupt controller. The monitor takes every physical interrupt and hands it to the cell by a list register; the hardware link lets
 * the cell's end of interrupt deactivate the physical one. So no cell can keep a CPU from the monitor, whatever it masks.
 */
import { Access } from "../access.ts";
import * as jh from "../jh.ts";
import { ArmCell, ArmCpu, cpuAt } from "./cells.ts";
import { GICD } from "./virt/machine.ts";

/** Says: look at your `command` and `sgis`. All others of 16 would do, too. */
export const SGI_KICK: u32 = 0;
export const SGIS: u32 = 16;
/** ID of the first. */
export const SPIS: u32 = 32;
/** PPIs of the monitor: list registers run empty, its timer. */
export const PPI_MAINTENANCE: u32 = 25;
export const PPI_TIMER: u32 = 26;
/** SGIs and PPIs that no cell can touch: SGI 0 and 1 are the hypervisor's in real Jailhouse. */
export const RESERVED: u32 = (1 << PPI_MAINTENANCE) | (1 << PPI_TIMER) | 3;
export const ALL: u64 = 0xffffffff;

/** Registers with a bit an interrupt, 32 to a word; the same in both versions (GICv2 spec 4.3, GICv3 spec 12.9). */
export const GICD_CTLR: u64 = GICD;
export const GICD_ISENABLER: u64 = GICD + 0x100;
export const GICD_ICENABLER: u64 = GICD + 0x180;
export const GICD_ISPENDR: u64 = GICD + 0x200;
export const GICD_ICPENDR: u64 = GICD + 0x280;
export const GICD_ICACTIVER: u64 = GICD + 0x380;
/** A byte an interrupt; those of SGIs and PPIs only in version 2. */
export const GICD_IPRIORITYR: u64 = GICD + 0x400;

/** Lets through what has a higher priority, which is a lower number. */
export const PMR_HIGH: u64 = 0x10;

/** What a list register holds beside the interrupt's ID. */
export const LIST_PENDING: u32 = 1 << 30;
export const LIST_ACTIVE: u32 = 1 << 31;
export const LIST_ID: u32 = 0x3ff;

export abstract class Gic {
  /** Once: what stock images rely on Linux having done. */
  abstract open(): void;
  /** Each CPU for itself. */
  abstract openCpu(cpu: ArmCpu): void;
  /** At a start of the cell all PPIs of this CPU are off. */
  abstract resetPrivate(cpu: ArmCpu): void;
  /** Sends an SPI to one CPU. */
  abstract route(spi: u32, cpu: ArmCpu): void;

  /** The interrupt to handle, its priority dropped, or -1. An SGI is done with; another one stays active and comes no more until it is deactivated. */
  abstract acknowledge(): i32;
  abstract deactivate(id: u32): void;
  /** Only interrupts of the highest priorities come, those of the monitor. */
  abstract maskLow(on: bool): void;
  /** Where this CPU's SGIs and PPIs have their priorities, a byte each. */
  abstract priorities(cpu: ArmCpu): u64;
  /** Makes another CPU look. */
  abstract kick(cpu: ArmCpu): void;

  /** As at a start of the cell: list registers empty, its CPU interface off. */
  abstract resetLists(): void;
  /** How many list registers there are. */
  abstract lists(): u32;
  /** LIST_ID, LIST_PENDING and LIST_ACTIVE; without the two last the register is free. */
  abstract list(n: u32): u32;
  /** Makes an interrupt pending; an SGI has a sender, a CPU's index. */
  abstract fillList(n: u32, id: u32, sender: u32): void;
  /** Whether the maintenance interrupt comes when at most one list register is in use. */
  abstract watchLists(on: bool): void;

  /** Maps what the cell may reach without the monitor; false when the pool is empty. */
  abstract map(cell: ArmCell): bool;
  /** The monitor emulates the GIC at this cell address. */
  abstract covers(address: u64): bool;
  /** false: the access is a violation. */
  abstract emulate(cpu: ArmCpu, cell: ArmCell, access: Access): bool;
}

/** The machine's. */
export let gic: Gic = changetype<Gic>(0);

export function use(version: Gic): void {
  gic = version;
}

/** At a start of the cell its SPIs are off and go to its first CPU. */
export function resetShared(cell: ArmCell): void {
  for (let word: u32 = 1; word < 32; word++) {
    const own = cell.spis[word];
    if (own == 0) continue;
    jh.device_write(GICD_ICENABLER + 4 * word, own, 4);
    jh.device_write(GICD_ICPENDR + 4 * word, own, 4);
    jh.device_write(GICD_ICACTIVER + 4 * word, own, 4);
    for (let bit: u32 = 0; bit < 32; bit++) {
      if (((own >> bit) & 1) != 0) gic.route(32 * word + bit, cpuAt(cell.firstCpu));
    }
  }
}

export function ownsSpi(cell: ArmCell, id: u32): bool {
  return id >= SPIS && id < 1024 && ((cell.spis[id >> 5] >> (id & 31)) & 1) != 0;
}

/** Makes an SPI of the cell's pending; another one is not touched. */
export function raiseSpi(cell: ArmCell, id: u32): void {
  if (ownsSpi(cell, id)) jh.device_write(GICD_ISPENDR + 4 * (id >> 5), 1 << (id & 31), 4);
}
