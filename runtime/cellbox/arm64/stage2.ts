/**
 * Stage 2: the address space that the `.cell` grants (Arm ARM D8.2, D8.5). 44 bits of cell address, 4 KiB granule, walks start at level 0.
 */
import { MEMORY_COMM_REGION, MEMORY_IO, MEMORY_READ, MEMORY_WRITE } from "../cell-file.ts";
import { shareOf } from "../colors.ts";
import { areSeveral } from "../consoles.ts";
import * as jh from "../jh.ts";
import { allocate } from "../pool.ts";
import { ArmCell } from "./cells.ts";
import { gic } from "./gic.ts";
import { VTCR_EL2, VTTBR_EL2 } from "./registers.ts";
import * as uart from "./uart.ts";
import { PL011 } from "./virt/machine.ts";

const PAGE: u64 = 0x1000;
const BLOCK: u64 = 0x200000;
const LAST_LEVEL: u32 = 3;
const BLOCK_LEVEL: u32 = 2;
const OUTPUT_MASK: u64 = 0xffff_ffff_f000;

const VALID: u64 = 1;
/** At levels 0 to 2 a table, at level 3 a page. */
const TABLE_OR_PAGE: u64 = 2;
const ACCESS_FLAG: u64 = 1 << 10;
const INNER_SHAREABLE: u64 = 3 << 8;
const NORMAL_WRITE_BACK: u64 = 0xf << 2;
const DEVICE_NGNRE: u64 = 1 << 2;
const READABLE: u64 = 1 << 6;
const WRITABLE: u64 = 1 << 7;

/** T0SZ 20, SL0 level 0, inner shareable write-back walks, 44 bits out (Cortex-A57's limit), RES1. */
const VTCR: u64 = 20 | (2 << 6) | (1 << 8) | (1 << 10) | (3 << 12) | (4 << 16) | ((<u64>1) << 31);

/**
 * Builds the cell's tables and its comm page; false when the pool is empty. Sub-page regions and a UART that cells share stay unmapped: their
 * accesses trap, and so do those to what the machine lacks.
 */
export function build(cell: ArmCell): bool {
  const file = cell.file;
  cell.table = allocate(PAGE);
  cell.comm = allocate(PAGE);
  if (cell.comm == 0) return false;
  for (let i: u32 = 0; i < file.regions; i++) {
    if (file.regionSize(i) == 0 || file.isSubPage(i) || file.isAbsent(i)) continue;
    const flags = file.regionFlags(i);
    if (file.isColored(i)) {
      if (!mapColored(cell, i, attributes(flags))) return false;
      continue;
    }
    const physical = (flags & MEMORY_COMM_REGION) != 0 ? cell.comm : file.regionPhysical(i);
    if (!mapAroundUart(cell.table, file.regionAddress(i), physical, file.regionSize(i), attributes(flags)))
      return false;
  }
  if (!gic.map(cell)) return false;
  jh.barrier_device();
  return true;
}

/** Device memory that the cell may read and write. */
export function mapDevice(cell: ArmCell, address: u64, physical: u64, size: u64): bool {
  return map(cell.table, address, physical, size, attributes(MEMORY_READ | MEMORY_WRITE | MEMORY_IO));
}

/** As the fork does, up to a whole period: of a size that is none the cell gets more than it says. */
function mapColored(cell: ArmCell, region: u32, bits: u64): bool {
  const file = cell.file;
  const step = shareOf(file.regionColors(region)) * PAGE;
  const start = file.regionAddress(region);
  const end = start + ((file.regionSize(region) + step - 1) / step) * step;
  for (let at = start; at < end; at += PAGE) {
    if (!map(cell.table, at, file.physicalIn(region, at), PAGE, bits)) return false;
  }
  return true;
}

function mapAroundUart(root: u64, address: u64, physical: u64, size: u64, bits: u64): bool {
  const before = PL011 - physical;
  if (!areSeveral() || before >= size) return map(root, address, physical, size, bits);
  const after = before + uart.SIZE;
  if (!map(root, address, physical, before, bits)) return false;
  return after >= size || map(root, address + after, physical + after, size - after, bits);
}

/** This CPU sees this cell's memory from now on. The VMID keeps the TLB entries of cells apart. */
export function activate(cell: ArmCell): void {
  jh.register_write(VTCR_EL2, VTCR);
  jh.register_write(VTTBR_EL2, ((<u64>(cell.index + 1)) << 48) | cell.table);
  jh.flush_guest();
}

function attributes(flags: u64): u64 {
  const memory = (flags & MEMORY_IO) != 0 ? DEVICE_NGNRE : NORMAL_WRITE_BACK;
  const read = (flags & MEMORY_READ) != 0 ? READABLE : 0;
  const write = (flags & MEMORY_WRITE) != 0 ? WRITABLE : 0;
  return VALID | ACCESS_FLAG | INNER_SHAREABLE | memory | read | write;
}

function map(root: u64, address: u64, physical: u64, size: u64, bits: u64): bool {
  const end = address + size;
  while (address < end) {
    const block = ((address | physical) & (BLOCK - 1)) == 0 && end - address >= BLOCK;
    const level = block ? BLOCK_LEVEL : LAST_LEVEL;
    const entry = find(root, address, level);
    if (entry == 0) return false;
    jh.store64(entry, physical | bits | (block ? 0 : TABLE_OR_PAGE));
    const step = block ? BLOCK : PAGE;
    address += step;
    physical += step;
  }
  return true;
}

/** The entry for an address at a level; missing tables are made, a block in the way is split. */
function find(root: u64, address: u64, level: u32): u64 {
  let table = root;
  for (let at: u32 = 0; at < level; at++) {
    const entry = entryIn(table, address, at);
    const value = jh.load64(entry);
    if ((value & (VALID | TABLE_OR_PAGE)) != (VALID | TABLE_OR_PAGE)) {
      const next = allocate(PAGE);
      if (next == 0) return 0;
      if ((value & VALID) != 0) split(value, next);
      jh.store64(entry, next | VALID | TABLE_OR_PAGE);
    }
    table = jh.load64(entry) & OUTPUT_MASK;
  }
  return entryIn(table, address, level);
}

function entryIn(table: u64, address: u64, level: u32): u64 {
  return table + ((address >> (39 - 9 * level)) & 0x1ff) * 8;
}

/** Pages with what the block had. */
function split(block: u64, table: u64): void {
  for (let i: u64 = 0; i < 512; i++) jh.store64(table + 8 * i, (block + i * PAGE) | TABLE_OR_PAGE);
}
