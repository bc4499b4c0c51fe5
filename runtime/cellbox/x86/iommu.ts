/**
 * QEMU's AMD IOMMU (AMD I/O Virtualization Technology Specification, 2.2): a granted function reaches its cell's memory where the configuration says
 * DMA, and nothing else. Its page tables are the nested ones, whose entries carry what both look at (nested-pages.ts).
 */
import { Cell, cells } from "../cell.ts";
import * as jh from "../jh.ts";
import { TYPE_DEVICE } from "../pci/function.ts";
import { allocate } from "../pool.ts";

const REGISTERS: u64 = 0xfed80000;
const DEVICE_TABLE: u64 = 0;
const CONTROL: u64 = 0x18;
const ENABLE: u64 = 1;

/** Entries of 32 bytes for the functions of bus 0; the register counts pages, less one. */
const ENTRY: u64 = 32;
const TABLE: u64 = 256 * ENTRY;

/** Of an entry: valid, its translation too, four levels, reads and writes. */
const VALID: u64 = 3;
const LEVELS: u64 = 4 << 9;
const READ_WRITE: u64 = (<u64>3) << 61;

/** The host adds it to the machine together with the first function that a cell gets. */
export function open(): void {
  let table: u64 = 0;
  for (let i = 0; i < cells.length; i++) {
    const functions = cells[i].functions;
    for (let n = 0; n < functions.length; n++) {
      if (functions[n].type != TYPE_DEVICE || functions[n].bdf > 0xff) continue;
      if (table == 0) table = allocate(TABLE);
      enter(table + functions[n].bdf * ENTRY, cells[i]);
    }
  }
  if (table == 0) return;
  jh.device_write(REGISTERS + DEVICE_TABLE, table | (TABLE / 0x1000 - 1), 8);
  jh.device_write(REGISTERS + CONTROL, ENABLE, 8);
}

/** The number of the domain is the cell's. */
function enter(at: u64, cell: Cell): void {
  jh.store64(at, cell.table | VALID | LEVELS | READ_WRITE);
  jh.store64(at + 8, cell.index + 1);
}
