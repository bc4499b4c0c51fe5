/** A cell's memory by its cell addresses, for arguments of hypercalls. */
import { Cell } from "./cell.ts";
import { MEMORY_COMM_REGION, MEMORY_READ } from "./cell-file.ts";
import * as jh from "./jh.ts";

const PAGE: u64 = 0x1000;

/** The cell may read all of these bytes, and they are memory. */
export function isReadable(cell: Cell, address: u64, size: u64): bool {
  const last = address + size - 1;
  for (let at = address; at <= last; at = (at | (PAGE - 1)) + 1) if (place(cell, at) == 0) return false;
  return true;
}

/** A byte of what is readable. */
export function byte(cell: Cell, address: u64): u32 {
  return jh.load8(place(cell, address));
}

export function word(cell: Cell, address: u64): u32 {
  let value: u32 = 0;
  for (let n: u32 = 0; n < 4; n++) value |= byte(cell, address + n) << (8 * n);
  return value;
}

export function long(cell: Cell, address: u64): u64 {
  return <u64>word(cell, address) | ((<u64>word(cell, address + 4)) << 32);
}

/** Physical address; 0: the cell has no memory there that it may read. */
function place(cell: Cell, address: u64): u64 {
  const file = cell.file;
  const region = file.regionAt(address);
  if (region < 0 || file.isSubPage(region) || file.isAbsent(region)) return 0;
  const flags = file.regionFlags(region);
  if ((flags & MEMORY_READ) == 0) return 0;
  if ((flags & MEMORY_COMM_REGION) != 0) return cell.comm + (address - file.regionAddress(region));
  return file.physicalIn(region, address);
}
