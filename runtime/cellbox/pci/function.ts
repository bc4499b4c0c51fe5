/** A PCI function that a cell's configuration grants (jailhouse-abi 1.9). */
import { Access } from "../access.ts";
import { Cell } from "../cell.ts";
import * as jh from "../jh.ts";

export const TYPE_DEVICE: u32 = 1;
export const TYPE_IVSHMEM: u32 = 3;

export const BARS: u32 = 6;
export const NO_BAR: i32 = -1;

/** Header (PCI Local Bus 3.0, 6.1, 6.2). */
export const REG_COMMAND: u32 = 0x04;
export const REG_CLASS: u32 = 0x08;
export const REG_CACHE_LINE: u32 = 0x0c;
export const REG_BAR_0: u32 = 0x10;
export const REG_SUBSYSTEM: u32 = 0x2c;
export const REG_ROM: u32 = 0x30;
export const REG_CAPABILITIES: u32 = 0x34;
export const REG_INTERRUPT: u32 = 0x3c;
export const HEADER_SIZE: u32 = 0x40;

export const COMMAND_PORTS: u32 = 1;
export const COMMAND_MEMORY: u32 = 2;
export const COMMAND_MASTER: u32 = 4;
export const COMMAND_NO_PIN: u32 = 0x400;
export const COMMAND_BITS: u32 = COMMAND_PORTS | COMMAND_MEMORY | COMMAND_MASTER | COMMAND_NO_PIN;

/** Of an entry of a cell's configuration. */
export function typeOf(entry: u64): u32 {
  return jh.load8(entry);
}

export abstract class PciFunction {
  readonly cell: Cell;
  /** Address of its entry in the cell's configuration. */
  protected readonly entry: u64;
  /** As the cell sees them. */
  readonly bars: StaticArray<u32> = new StaticArray<u32>(BARS);

  constructor(cell: Cell, entry: u64) {
    this.cell = cell;
    this.entry = entry;
  }

  get type(): u32 {
    return typeOf(this.entry);
  }
  get bdf(): u32 {
    return jh.load16(this.entry + 4);
  }
  barMask(index: u32): u32 {
    return jh.load32(this.entry + 6 + 4 * index);
  }
  get capsStart(): u32 {
    return jh.load16(this.entry + 30);
  }
  get caps(): u32 {
    return jh.load16(this.entry + 32);
  }
  get msixVectors(): u32 {
    return jh.load16(this.entry + 36);
  }
  get msixSize(): u32 {
    return jh.load16(this.entry + 38);
  }
  get msixAddress(): u64 {
    return jh.load64(this.entry + 40);
  }
  get shmemRegions(): u32 {
    return jh.load32(this.entry + 48);
  }
  get shmemId(): u32 {
    return jh.load8(this.entry + 52);
  }
  get shmemPeers(): u32 {
    return jh.load8(this.entry + 53);
  }
  get shmemProtocol(): u32 {
    return jh.load16(this.entry + 54);
  }

  /** At a start and an end of the cell: as after a reset. */
  abstract reset(): void;
  /** A dword of configuration space. */
  abstract read(offset: u32): u32;
  /** false: the cell may not do it. */
  abstract write(offset: u32, size: u32, value: u32): bool;
  /** Registers at this cell address that the monitor emulates. */
  abstract covers(address: u64): bool;
  /** false: the cell may not do it. */
  abstract emulate(access: Access): bool;

  /** A BAR keeps what is behind its mask: type bits, or all of it. */
  protected writeBar(index: u32, offset: u32, size: u32, value: u32): void {
    const mask = this.barMask(index);
    const before = this.bars[index];
    this.bars[index] = (merge(before, offset, size, value) & mask) | (before & ~mask);
  }
}

/** A dword after a write to `size` of its bytes from `offset` on. */
export function merge(before: u32, offset: u32, size: u32, value: u32): u32 {
  const shift = 8 * (offset & 3);
  const mask = (u32.MAX_VALUE >> (32 - 8 * size)) << shift;
  return ((value << shift) & mask) | (before & ~mask);
}

/** Of the header's rows besides BARs: what no cell may write (jailhouse-abi 4.4). */
export function isRefused(offset: u32, size: u32): bool {
  const row = offset & ~3;
  if (row == REG_INTERRUPT) return offset != REG_INTERRUPT || size != 1;
  return row != REG_COMMAND && row != REG_CACHE_LINE && row != REG_ROM;
}
