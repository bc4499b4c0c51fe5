/** A cell's memory as its own page tables and its regions place it (AMD APM volume 2, 5.3 to 5.5). */
import { Cell } from "../cell.ts";
import { MEMORY_COMM_REGION } from "../cell-file.ts";
import * as jh from "../jh.ts";
import { PcCpu } from "./cells.ts";
import { CR0_PG, CR4_PAE, CR4_PSE, EFER_LMA } from "./control-block.ts";

export const NOWHERE: u64 = u64.MAX_VALUE;

/** Beyond are devices, which a look may change. */
const RAM_END: u64 = 0x80000000;

const PRESENT: u64 = 1;
const LARGE: u64 = 0x80;
const ADDRESS: u64 = 0xf_ffff_ffff_f000;
const LOW: u64 = 0xffffffff;

/** Physical address of a cell address that is RAM of whole pages, or NOWHERE. */
export function physical(cell: Cell, address: u64): u64 {
  const region = cell.file.regionAt(address);
  if (region < 0 || cell.file.isSubPage(region)) return NOWHERE;
  if ((cell.file.regionFlags(region) & MEMORY_COMM_REGION) != 0) return cell.comm + (address & 0xfff);
  const place = cell.file.physicalIn(region, address);
  return place < RAM_END ? place : NOWHERE;
}

/** Physical address of a linear address of the program that this CPU runs, or NOWHERE. */
export function translate(cpu: PcCpu, cell: Cell, linear: u64): u64 {
  const block = cpu.block;
  if ((block.cr0 & CR0_PG) == 0) return physical(cell, linear & LOW);
  if ((block.cr4 & CR4_PAE) == 0)
    return translate32(cell, block.cr3 & 0xfffff000, <u32>linear, (block.cr4 & CR4_PSE) != 0);
  const long = (block.efer & EFER_LMA) != 0;
  // Of PAE's four pointers, which may begin at any multiple of 32 bytes, Jailhouse takes the page, and so those at its start.
  let table = block.cr3 & ADDRESS;
  let shift: u64 = long ? 39 : 30;
  let value = entryOf(cell, table, linear, shift);
  // A page of 1 GiB is for four levels only.
  while (shift > 12 && ((value & LARGE) == 0 || shift > 30 || (shift == 30 && !long))) {
    if ((value & PRESENT) == 0) return NOWHERE;
    table = value & ADDRESS;
    shift -= 9;
    value = entryOf(cell, table, linear, shift);
  }
  const offset = ((<u64>1) << shift) - 1;
  return (value & PRESENT) == 0 ? NOWHERE : physical(cell, (value & ADDRESS & ~offset) | (linear & offset));
}

/** 0, which is not present, where the table is no memory of the cell. */
function entryOf(cell: Cell, table: u64, linear: u64, shift: u64): u64 {
  const entry = physical(cell, table + ((linear >> shift) & 0x1ff) * 8);
  return entry == NOWHERE ? 0 : jh.load64(entry);
}

/** Two levels of 32-bit entries, with pages of 4 MiB. */
function translate32(cell: Cell, root: u64, linear: u32, hasLarge: bool): u64 {
  const upper = physical(cell, root + (linear >> 22) * 4);
  if (upper == NOWHERE) return NOWHERE;
  const value = <u64>jh.load32(upper);
  if ((value & PRESENT) == 0) return NOWHERE;
  if (hasLarge && (value & LARGE) != 0) return physical(cell, (value & 0xffc00000) | (linear & 0x3fffff));
  const lower = physical(cell, (value & 0xfffff000) + ((linear >> 12) & 0x3ff) * 4);
  if (lower == NOWHERE) return NOWHERE;
  const page = <u64>jh.load32(lower);
  return (page & PRESENT) == 0 ? NOWHERE : physical(cell, (page & 0xfffff000) | (linear & 0xfff));
}
