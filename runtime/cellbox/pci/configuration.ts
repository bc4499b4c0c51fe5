/** Configuration space as cells see it (jailhouse-abi 4.4): functions that are not theirs read as ones, and writing to them is refused. */
import { Access } from "../access.ts";
import { Cell } from "../cell.ts";
import * as run from "../run.ts";
import { PciFunction, TYPE_IVSHMEM, typeOf } from "./function.ts";
import { Ivshmem } from "./ivshmem.ts";
import { PhysicalFunction } from "./physical.ts";

/** What an absent function gives, 32 bits. */
const NOTHING: u32 = 0xffffffff;

/** 256 buses of 256 functions with 4 KiB each. */
const WINDOW: u64 = 0x10000000;

export function functionOf(cell: Cell, index: u32): PciFunction {
  const entry = cell.file.pciDevice(index);
  if (typeOf(entry) == TYPE_IVSHMEM) return new Ivshmem(cell, entry);
  return new PhysicalFunction(cell, entry);
}

export function read(cell: Cell, bdf: u32, offset: u32, size: u32): u32 {
  const found = find(cell, bdf);
  const all = NOTHING >> (32 - 8 * size);
  return found == null ? all : (found.read(offset & ~3) >> (8 * (offset & 3))) & all;
}

/** Any part of a dword. false: the cell may not do it. */
export function write(cell: Cell, bdf: u32, offset: u32, size: u32, value: u32): bool {
  const found = find(cell, bdf);
  return found != null && (offset & 3) + size <= 4 && found.write(offset, size, value);
}

/** In memory: configuration space, or registers of an emulated function. */
export function covers(cell: Cell, address: u64): bool {
  if (isWindow(address)) return true;
  return functionAt(cell, address) != null;
}

/** false: the cell may not do it. */
export function emulate(cell: Cell, access: Access): bool {
  if (!isWindow(access.address)) {
    const found = functionAt(cell, access.address);
    if (found == null || !found.covers(access.address + access.size - 1)) return false;
    return found.emulate(access);
  }
  if (access.size > 4 || !access.isAligned()) return false;
  const place = <u32>(access.address - run.pciConfigBase());
  if (access.write) return write(cell, place >> 12, place & 0xfff, access.size, <u32>access.value);
  access.value = read(cell, place >> 12, place & 0xfff, access.size);
  return true;
}

function isWindow(address: u64): bool {
  const base = run.pciConfigBase();
  return base != 0 && address - base < min(WINDOW, run.pciConfigSize());
}

function find(cell: Cell, bdf: u32): PciFunction | null {
  for (let i = 0; i < cell.functions.length; i++) if (cell.functions[i].bdf == bdf) return cell.functions[i];
  return null;
}

function functionAt(cell: Cell, address: u64): PciFunction | null {
  for (let i = 0; i < cell.functions.length; i++) if (cell.functions[i].covers(address)) return cell.functions[i];
  return null;
}
