/**
 * GICv2 (Arm IHI 0048): everything is device memory, banked for each CPU. What a cell takes for the CPU interface (GICC) is its virtual one
 * (GICV), mapped there: it acknowledges and ends its interrupts without the monitor.
 */
import { Access } from "../access.ts";
import * as jh from "../jh.ts";
import * as board from "./board.ts";
import { ArmCell, ArmCpu } from "./cells.ts";
import {
  GICD_CTLR,
  GICD_ICACTIVER,
  GICD_ICENABLER,
  GICD_ICPENDR,
  GICD_IPRIORITYR,
  GICD_ISENABLER,
  Gic,
  LIST_ID,
  PMR_HIGH,
  RESERVED,
  SGI_KICK,
  SGIS,
} from "./gic.ts";
import * as gicd from "./gicd-v2.ts";
import * as stage2 from "./stage2.ts";
import { GICC, GICD, GICH, GICV } from "./virt/machine.ts";

const SPECIAL: u32 = 1020;

const GICD_ITARGETSR: u64 = GICD + 0x800;
const GICD_SGIR: u64 = GICD + 0xf00;
const SGIR_TARGETS_SHIFT: u64 = 16;

/** 4.4: both frames of the CPU interface; DIR is in the second. */
const GICC_SIZE: u64 = 0x2000;
const GICC_CTLR: u64 = GICC;
const GICC_PMR: u64 = GICC + 4;
const GICC_IAR: u64 = GICC + 0xc;
const GICC_EOIR: u64 = GICC + 0x10;
const GICC_DIR: u64 = GICC + 0x1000;
/** On, priority drop and deactivation apart (4.4.1). */
const GICC_ENABLE: u64 = 1 | (1 << 9);
const PMR_ALL: u64 = 0xff;

/** 5.3 */
const GICH_HCR: u64 = GICH;
const GICH_VTR: u64 = GICH + 4;
const GICH_VMCR: u64 = GICH + 8;
const GICH_APR: u64 = GICH + 0xf0;
const GICH_LR0: u64 = GICH + 0x100;
const HCR_ENABLE: u64 = 1;
const HCR_UNDERFLOW: u64 = 2;

/** 5.3.7, GICH_LR<n>: group 0, which a GICV without the Security Extensions signals as IRQ; priority 0. */
const LR_PENDING: u64 = 1 << 28;
const LR_STATE_SHIFT: u64 = 28;
const LR_HARDWARE: u64 = (<u64>1) << 31;
const LR_PHYSICAL_SHIFT: u64 = 10;
const LR_SENDER_SHIFT: u64 = 10;

export class GicV2 extends Gic {
  open(): void {
    jh.device_write(GICD_CTLR, 1, 4);
  }

  openCpu(cpu: ArmCpu): void {
    this.resetPrivate(cpu);
    jh.device_write(GICD_ISENABLER, RESERVED, 4);
    jh.device_write(GICC_PMR, PMR_ALL, 4);
    jh.device_write(GICC_CTLR, GICC_ENABLE, 4);
  }

  resetPrivate(_cpu: ArmCpu): void {
    jh.device_write(GICD_ICENABLER, ~RESERVED, 4);
    jh.device_write(GICD_ICPENDR, ~RESERVED, 4);
    jh.device_write(GICD_ICACTIVER, ~RESERVED, 4);
  }

  route(spi: u32, cpu: ArmCpu): void {
    jh.device_write(GICD_ITARGETSR + spi, cpu.target, 1);
  }

  /** The end of an SGI must say who sent it (4.4.5), as IAR did. */
  acknowledge(): i32 {
    const value = jh.device_read(GICC_IAR, 4);
    const id = <u32>value & LIST_ID;
    if (id >= SPECIAL) return -1;
    jh.device_write(GICC_EOIR, value, 4);
    if (id < SGIS) jh.device_write(GICC_DIR, value, 4);
    return id;
  }

  deactivate(id: u32): void {
    jh.device_write(GICC_DIR, id, 4);
  }

  maskLow(on: bool): void {
    jh.device_write(GICC_PMR, on ? PMR_HIGH : PMR_ALL, 4);
  }

  priorities(_cpu: ArmCpu): u64 {
    return GICD_IPRIORITYR;
  }

  kick(cpu: ArmCpu): void {
    jh.barrier_device();
    jh.device_write(GICD_SGIR, ((<u64>cpu.target) << SGIR_TARGETS_SHIFT) | SGI_KICK, 4);
  }

  resetLists(): void {
    for (let n: u32 = 0; n < this.lists(); n++) jh.device_write(GICH_LR0 + 4 * n, 0, 4);
    jh.device_write(GICH_APR, 0, 4);
    jh.device_write(GICH_VMCR, 0, 4);
    jh.device_write(GICH_HCR, HCR_ENABLE, 4);
  }

  lists(): u32 {
    return <u32>(jh.device_read(GICH_VTR, 4) & 0x3f) + 1;
  }

  list(n: u32): u32 {
    const value = <u32>jh.device_read(GICH_LR0 + 4 * n, 4);
    return (((value >> <u32>LR_STATE_SHIFT) & 3) << 30) | (value & LIST_ID);
  }

  fillList(n: u32, id: u32, sender: u32): void {
    const origin = id < SGIS ? (<u64>sender) << LR_SENDER_SHIFT : LR_HARDWARE | ((<u64>id) << LR_PHYSICAL_SHIFT);
    jh.device_write(GICH_LR0 + 4 * n, LR_PENDING | origin | id, 4);
  }

  watchLists(on: bool): void {
    jh.device_write(GICH_HCR, on ? HCR_ENABLE | HCR_UNDERFLOW : HCR_ENABLE, 4);
  }

  map(cell: ArmCell): bool {
    return stage2.mapDevice(cell, board.giccBase(), GICV, GICC_SIZE);
  }

  covers(address: u64): bool {
    return address - board.gicdBase() < gicd.SIZE;
  }

  emulate(cpu: ArmCpu, cell: ArmCell, access: Access): bool {
    return gicd.emulate(cpu, cell, access, access.address - board.gicdBase());
  }
}
