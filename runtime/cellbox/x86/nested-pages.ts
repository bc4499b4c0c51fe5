/** From cell addresses to physical ones: nested paging (AMD APM volume 2, 15.25), built from a cell's memory regions. */
import { Cell } from "../cell.ts";
import { MEMORY_COMM_REGION, MEMORY_DMA, MEMORY_EXECUTE, MEMORY_READ, MEMORY_WRITE } from "../cell-file.ts";
import * as jh from "../jh.ts";
import { allocate } from "../pool.ts";

const PRESENT: u64 = 1;
const WRITABLE: u64 = 2;
/** All accesses of a cell count as the user's (15.25.5). */
const USER: u64 = 4;
const LARGE: u64 = 0x80;
const NO_EXECUTE: u64 = (<u64>1) << 63;
const ADDRESS: u64 = 0xf_ffff_ffff_f000;

/** For the IOMMU, in bits that CPUs ignore: the level of the table that the entry names, and whether devices may read and write. */
const NEXT_LEVEL_SHIFT: u64 = 9;
const DEVICE_READ: u64 = (<u64>1) << 61;
const DEVICE_WRITE: u64 = (<u64>1) << 62;

const PAGE: u64 = 0x1000;
const BLOCK: u64 = 0x200000;
const LAST_LEVEL: u32 = 3;

/** Makes the cell's tables and its comm page; false when the pool is empty. Sub-page regions stay unmapped: accesses to them trap. */
export function build(cell: Cell): bool {
  const file = cell.file;
  cell.table = allocate(PAGE);
  cell.comm = allocate(PAGE);
  if (cell.comm == 0) return false;
  for (let i: u32 = 0; i < file.regions; i++) {
    const flags = file.regionFlags(i);
    if (file.regionSize(i) == 0 || file.isSubPage(i) || (flags & MEMORY_READ) == 0) continue;
    const physical = (flags & MEMORY_COMM_REGION) != 0 ? cell.comm : file.regionPhysical(i);
    if (!map(cell.table, file.regionAddress(i), physical, file.regionSize(i), attributes(flags))) return false;
  }
  jh.barrier();
  return true;
}

function attributes(flags: u64): u64 {
  const write = (flags & MEMORY_WRITE) != 0 ? WRITABLE : 0;
  const execute = (flags & MEMORY_EXECUTE) != 0 ? 0 : NO_EXECUTE;
  const devices = (flags & MEMORY_DMA) == 0 ? 0 : DEVICE_READ | (write != 0 ? DEVICE_WRITE : 0);
  return PRESENT | USER | write | execute | devices;
}

function map(root: u64, address: u64, physical: u64, size: u64, bits: u64): bool {
  const end = address + size;
  while (address < end) {
    const block = ((address | physical) & (BLOCK - 1)) == 0 && end - address >= BLOCK;
    const entry = find(root, address, block ? LAST_LEVEL - 1 : LAST_LEVEL);
    if (entry == 0) return false;
    jh.store64(entry, physical | bits | (block ? LARGE : 0));
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
    if ((value & PRESENT) == 0 || (value & LARGE) != 0) {
      const next = allocate(PAGE);
      if (next == 0) return 0;
      if ((value & PRESENT) != 0) split(value, next);
      const level = (<u64>(LAST_LEVEL - at)) << NEXT_LEVEL_SHIFT;
      jh.store64(entry, next | PRESENT | WRITABLE | USER | level | DEVICE_READ | DEVICE_WRITE);
    }
    table = jh.load64(entry) & ADDRESS;
  }
  return entryIn(table, address, level);
}

function entryIn(table: u64, address: u64, level: u32): u64 {
  return table + ((address >> (39 - 9 * level)) & 0x1ff) * 8;
}

/** Pages with what the block had. */
function split(block: u64, table: u64): void {
  for (let i: u64 = 0; i < 512; i++) jh.store64(table + 8 * i, (block & ~LARGE) + i * PAGE);
}
