/** GICv3 (Arm IHI 0069): CPU interface and list registers are system registers, each CPU has a redistributor. */
import { Access } from "../access.ts";
import * as jh from "../jh.ts";
import * as board from "./board.ts";
import { ArmCell, ArmCpu } from "./cells.ts";
import { ALL, GICD_CTLR, Gic, LIST_ID, PMR_HIGH, RESERVED, SGI_KICK, SGIS } from "./gic.ts";
import * as gicd from "./gicd-v3.ts";
import * as gicr from "./gicr.ts";
import * as reg from "./registers.ts";
import { GICD, GICR, GICR_STRIDE } from "./virt/machine.ts";

/** Interrupt IDs from here on mean that nothing is pending. */
const SPECIAL: u32 = 1020;

const GICD_IGROUPR: u64 = GICD + 0x80;
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
const IPRIORITYR: u64 = SGI_FRAME + 0x400;
/** SGIs are always on, as in real Jailhouse. */
const ALWAYS_ON: u32 = RESERVED | 0xffff;

/** Priority drop and deactivation apart (12.2, ICC_CTLR_EL1.EOImode). */
const CTLR_EOIMODE: u64 = 2;
const PMR_ALL: u64 = 0xff;
const SRE_ENABLE: u64 = 0xf;

/** 12.4, ICH_LR<n>_EL2: group 1, priority 0. */
const LR_STATE_SHIFT: u64 = 62;
const LR_PENDING: u64 = (<u64>1) << LR_STATE_SHIFT;
const LR_HARDWARE: u64 = (<u64>1) << 61;
const LR_GROUP1: u64 = (<u64>1) << 60;
const LR_PHYSICAL_SHIFT: u64 = 32;

/** 12.4, ICH_HCR_EL2: on; underflow interrupt. */
const HCR_ENABLE: u64 = 1;
const HCR_UNDERFLOW: u64 = 2;

export class GicV3 extends Gic {
  open(): void {
    jh.device_write(GICD_CTLR, GICD_ENABLE, 4);
    for (let word: u64 = 1; word < 32; word++) jh.device_write(GICD_IGROUPR + 4 * word, ALL, 4);
  }

  openCpu(cpu: ArmCpu): void {
    const redistributor = GICR + cpu.index * GICR_STRIDE;
    jh.device_write(redistributor + WAKER, jh.device_read(redistributor + WAKER, 4) & ~WAKER_PROCESSOR_SLEEP, 4);
    while ((jh.device_read(redistributor + WAKER, 4) & WAKER_CHILDREN_ASLEEP) != 0) jh.barrier_device();
    jh.device_write(redistributor + IGROUPR0, ALL, 4);
    this.resetPrivate(cpu);
    jh.device_write(redistributor + ISENABLER0, ALWAYS_ON, 4);
    jh.register_write(reg.ICC_SRE_EL2, SRE_ENABLE);
    jh.register_write(reg.ICC_SRE_EL1, 7);
    jh.register_write(reg.ICC_CTLR_EL1, CTLR_EOIMODE);
    jh.register_write(reg.ICC_PMR_EL1, PMR_ALL);
    jh.register_write(reg.ICC_IGRPEN1_EL1, 1);
  }

  resetPrivate(cpu: ArmCpu): void {
    const redistributor = GICR + cpu.index * GICR_STRIDE;
    jh.device_write(redistributor + ICENABLER0, ~ALWAYS_ON, 4);
    jh.device_write(redistributor + ICPENDR0, ~RESERVED, 4);
    jh.device_write(redistributor + ICACTIVER0, ~RESERVED, 4);
  }

  route(spi: u32, cpu: ArmCpu): void {
    jh.device_write(GICD_IROUTER + 8 * spi, cpu.affinity, 8);
  }

  acknowledge(): i32 {
    const id = <u32>jh.register_read(reg.ICC_IAR1_EL1) & 0xffffff;
    if (id >= SPECIAL) return -1;
    jh.register_write(reg.ICC_EOIR1_EL1, id);
    if (id < SGIS) this.deactivate(id);
    return id;
  }

  deactivate(id: u32): void {
    jh.register_write(reg.ICC_DIR_EL1, id);
  }

  maskLow(on: bool): void {
    jh.register_write(reg.ICC_PMR_EL1, on ? PMR_HIGH : PMR_ALL);
  }

  priorities(cpu: ArmCpu): u64 {
    return GICR + cpu.index * GICR_STRIDE + IPRIORITYR;
  }

  kick(cpu: ArmCpu): void {
    const a = cpu.affinity;
    const cluster = (((a >> 32) & 0xff) << 48) | (((a >> 16) & 0xff) << 32) | (((a >> 8) & 0xff) << 16);
    jh.barrier_device();
    jh.register_write(reg.ICC_SGI1R_EL1, cluster | ((<u64>1) << (a & 15)) | ((<u64>SGI_KICK) << 24));
  }

  resetLists(): void {
    for (let n: u32 = 0; n < this.lists(); n++) jh.register_write(reg.ICH_LR0_EL2 + n, 0);
    jh.register_write(reg.ICH_AP0R0_EL2, 0);
    jh.register_write(reg.ICH_AP1R0_EL2, 0);
    jh.register_write(reg.ICH_VMCR_EL2, 0);
    jh.register_write(reg.ICH_HCR_EL2, HCR_ENABLE);
  }

  lists(): u32 {
    return <u32>(jh.register_read(reg.ICH_VTR_EL2) & 0x1f) + 1;
  }

  list(n: u32): u32 {
    const value = jh.register_read(reg.ICH_LR0_EL2 + n);
    return ((<u32>(value >> LR_STATE_SHIFT)) << 30) | (<u32>value & LIST_ID);
  }

  /** The version has no place for the sender of an SGI. */
  fillList(n: u32, id: u32, _sender: u32): void {
    const link = id < SGIS ? 0 : LR_HARDWARE | ((<u64>id) << LR_PHYSICAL_SHIFT);
    jh.register_write(reg.ICH_LR0_EL2 + n, LR_PENDING | LR_GROUP1 | link | id);
  }

  watchLists(on: bool): void {
    jh.register_write(reg.ICH_HCR_EL2, on ? HCR_ENABLE | HCR_UNDERFLOW : HCR_ENABLE);
  }

  map(_cell: ArmCell): bool {
    return true;
  }

  covers(address: u64): bool {
    return address - board.gicdBase() < gicd.SIZE || address - board.gicrBase() < gicr.size();
  }

  emulate(cpu: ArmCpu, cell: ArmCell, access: Access): bool {
    const inDistributor = access.address - board.gicdBase();
    if (inDistributor < gicd.SIZE) return gicd.emulate(cpu, cell, access, inDistributor);
    return gicr.emulate(cell, access, access.address - board.gicrBase());
  }
}
