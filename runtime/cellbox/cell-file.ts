/**
 * A cell configuration in memory, as the `.cell` file has it: mainline format, revision 14 (the host side converts others), and the real-time
 * fork's coloured regions, which that format has not. All fields are packed; 64-bit ones may lie at any multiple of four.
 */
import { pageOf } from "./colors.ts";
import * as jh from "./jh.ts";

export const FLAG_PASSIVE: u32 = 1;
export const FLAG_TEST_DEVICE: u32 = 2;
export const FLAG_AARCH32: u32 = 4;
export const FLAG_PUTC_PERMITTED: u32 = 0x40000000;
export const FLAG_PUTC_ACTIVE: u32 = 0x80000000;

export const MEMORY_READ: u64 = 1;
export const MEMORY_WRITE: u64 = 2;
export const MEMORY_EXECUTE: u64 = 4;
export const MEMORY_DMA: u64 = 8;
export const MEMORY_IO: u64 = 0x10;
export const MEMORY_COMM_REGION: u64 = 0x20;
export const MEMORY_IO_UNALIGNED: u64 = 0x8000;
/** Access of 1 byte; shifted left by log2 of the width for wider ones. */
export const MEMORY_IO_8: u64 = 0x10000;

const HEADER_SIZE: u64 = 132;
const REGION_SIZE: u64 = 32;
/** A region, and its colours. */
const COLORED_SIZE: u64 = 40;
const PAGE_SHIFT: u64 = 12;
const CACHE_SIZE: u64 = 12;
const IRQCHIP_SIZE: u64 = 32;
const PORTS_SIZE: u64 = 4;
const PCI_DEVICE_SIZE: u64 = 56;
const PCI_CAP_SIZE: u64 = 8;
export const CONSOLE_SIZE: u64 = 32;

/** Regions from this physical address on are of devices that the machine lacks; less this it is where the board has them. */
export const ABSENT: u64 = (<u64>1) << 47;

export class CellFile {
  private readonly base: u64;
  /** The coloured regions, and how many. */
  private coloredBase: u64 = 0;
  private colored: u32 = 0;

  constructor(base: u64) {
    this.base = base;
  }

  setColored(base: u64, size: u32): void {
    this.coloredBase = base;
    this.colored = size / <u32>COLORED_SIZE;
  }

  get flags(): u32 {
    return jh.load32(this.base + 44);
  }
  get vpciIrqBase(): u32 {
    return jh.load32(this.base + 80);
  }
  get resetAddress(): u64 {
    return jh.load64(this.base + 84);
  }
  /** Iterations of Jailhouse's waiting loop; 0: for ever. */
  get replyTimeout(): u64 {
    return jh.load64(this.base + 92);
  }
  get console(): u64 {
    return this.base + 100;
  }

  hasCpu(cpu: u32): bool {
    return cpu >> 3 < this.cpuSetSize && ((jh.load8(this.base + HEADER_SIZE + (cpu >> 3)) >> (cpu & 7)) & 1) != 0;
  }

  /** The coloured regions follow the others. */
  get regions(): u32 {
    return this.plainRegions + this.colored;
  }
  isColored(index: u32): bool {
    return index >= this.plainRegions;
  }
  /** Of a coloured region. */
  regionColors(index: u32): u64 {
    return jh.load64(this.region(index) + REGION_SIZE);
  }
  regionPhysical(index: u32): u64 {
    return jh.load64(this.region(index));
  }
  regionAddress(index: u32): u64 {
    return jh.load64(this.region(index) + 8);
  }
  regionSize(index: u32): u64 {
    return jh.load64(this.region(index) + 16);
  }
  regionFlags(index: u32): u64 {
    return jh.load64(this.region(index) + 24);
  }
  /** Not made of whole pages: accesses are trapped and checked one by one. */
  isSubPage(index: u32): bool {
    return !this.isColored(index) && ((this.regionAddress(index) | this.regionSize(index)) & 0xfff) != 0;
  }
  /** The region with this cell address, or -1. */
  regionAt(address: u64): i32 {
    for (let i: u32 = 0; i < this.regions; i++) {
      if (address - this.regionAddress(i) < this.regionSize(i)) return i;
    }
    return -1;
  }

  isAbsent(index: u32): bool {
    return this.regionPhysical(index) >= ABSENT;
  }

  /** Of this cell address in this region; a coloured one goes on elsewhere on the next page. */
  physicalIn(index: u32, address: u64): u64 {
    const offset = address - this.regionAddress(index);
    if (!this.isColored(index)) return this.regionPhysical(index) + offset;
    const page = pageOf(this.regionColors(index), offset >> PAGE_SHIFT);
    return this.regionPhysical(index) + (page << PAGE_SHIFT) + (offset & ((1 << PAGE_SHIFT) - 1));
  }

  get irqchips(): u32 {
    return jh.load32(this.base + 60);
  }
  irqchipAddress(index: u32): u64 {
    return jh.load64(this.irqchip(index));
  }
  irqchipFirst(index: u32): u32 {
    return jh.load32(this.irqchip(index) + 12);
  }
  /** Word 0 to 3 of the bitmap, from the first pin on. */
  irqchipPins(index: u32, word: u32): u32 {
    return jh.load32(this.irqchip(index) + 16 + 4 * word);
  }

  get portRanges(): u32 {
    return jh.load32(this.base + 64);
  }
  portBase(index: u32): u32 {
    return jh.load16(this.portRange(index));
  }
  portCount(index: u32): u32 {
    return jh.load16(this.portRange(index) + 2);
  }
  /** x86: the cell has these `size` ports. */
  hasPorts(port: u32, size: u32): bool {
    for (let i: u32 = 0; i < this.portRanges; i++) {
      if (port >= this.portBase(i) && port + size <= this.portBase(i) + this.portCount(i)) return true;
    }
    return false;
  }

  get pciDevices(): u32 {
    return jh.load32(this.base + 68);
  }
  /** Address of the entry; pci/function.ts has its fields. */
  pciDevice(index: u32): u64 {
    return this.portRange(this.portRanges) + index * PCI_DEVICE_SIZE;
  }
  pciCap(index: u32): u64 {
    return this.pciDevice(this.pciDevices) + index * PCI_CAP_SIZE;
  }

  private get cpuSetSize(): u32 {
    return jh.load32(this.base + 48);
  }
  private get plainRegions(): u32 {
    return jh.load32(this.base + 52);
  }
  private region(index: u32): u64 {
    const plain = this.plainRegions;
    if (index >= plain) return this.coloredBase + (index - plain) * COLORED_SIZE;
    return this.base + HEADER_SIZE + this.cpuSetSize + index * REGION_SIZE;
  }
  private irqchip(index: u32): u64 {
    return (
      this.base +
      HEADER_SIZE +
      this.cpuSetSize +
      this.plainRegions * REGION_SIZE +
      jh.load32(this.base + 56) * CACHE_SIZE +
      index * IRQCHIP_SIZE
    );
  }
  private portRange(index: u32): u64 {
    return this.irqchip(this.irqchips) + index * PORTS_SIZE;
  }
}
