/** The IOAPIC (Intel 82093AA datasheet, 3.2): each cell has an index register of its own, and writes the entries of its pins only (jailhouse-abi 4.3). */
import { Access } from "../access.ts";
import { cpus } from "../cell.ts";
import * as jh from "../jh.ts";
import { acquire, LOCK_DEVICES, release } from "../lock.ts";
import { cpuAt, PcCell } from "./cells.ts";
import { MODE_FIXED, MODE_LOWEST, MODE_MASK } from "./local-apic.ts";
import { IOAPIC } from "./q35.ts";

const INDEX: u64 = 0;
const DATA: u64 = 0x10;
const EOI: u64 = 0x40;

const ID: u32 = 0;
const VERSION: u32 = 1;
const FIRST_ENTRY: u32 = 0x10;
export const PINS: u32 = 24;
const MASKED: u32 = 1 << 16;
/** Of an entry's low word: vector, mode, destination mode, polarity, trigger, mask. */
const WRITABLE: u32 = 0x1afff;

export function covers(cell: PcCell, address: u64): bool {
  return cell.pins != 0 && address - IOAPIC < 0x1000;
}

/** false: the cell may not do it. */
export function emulate(cell: PcCell, access: Access): bool {
  const offset = access.address - IOAPIC;
  if (access.size != 4) return false;
  if (offset == INDEX) {
    if (access.write) cell.ioapicIndex = <u32>access.value & 0xff;
    else access.value = cell.ioapicIndex;
    return true;
  }
  if (offset == EOI && access.write) {
    jh.device_write(IOAPIC + EOI, access.value, 4);
    return true;
  }
  if (offset != DATA) return false;
  const index = cell.ioapicIndex;
  if (access.write) return writeEntry(cell, index, <u32>access.value);
  const known = index == ID || index == VERSION || owns(cell, index);
  access.value = known ? read(index) : 0;
  return true;
}

/** At a start and an end of the cell: its pins are silent. */
export function silence(cell: PcCell): void {
  for (let pin: u32 = 0; pin < PINS; pin++) {
    if (((cell.pins >> pin) & 1) == 0) continue;
    write(FIRST_ENTRY + 2 * pin, MASKED);
    write(FIRST_ENTRY + 2 * pin + 1, cell.firstCpu << 24);
  }
}

function owns(cell: PcCell, index: u32): bool {
  const pin = (index - FIRST_ENTRY) >> 1;
  return index >= FIRST_ENTRY && pin < PINS && ((cell.pins >> pin) & 1) != 0;
}

/** Of pins that others have it ignores the write. */
function writeEntry(cell: PcCell, index: u32, value: u32): bool {
  if (index < FIRST_ENTRY || index >= FIRST_ENTRY + 2 * PINS) return false;
  if (!owns(cell, index)) return true;
  if ((index & 1) != 0) {
    const target = value >> 24;
    if (target >= <u32>cpus.length || cpuAt(target).cell != cell) return false;
    write(index, value & 0xff000000);
    return true;
  }
  const mode = value & MODE_MASK;
  if ((value & MASKED) == 0 && mode != MODE_FIXED && mode != MODE_LOWEST) return false;
  // Physical destination: the high word names one CPU of the cell.
  write(index, value & WRITABLE & ~0x800);
  return true;
}

function read(index: u32): u32 {
  acquire(LOCK_DEVICES);
  jh.device_write(IOAPIC + INDEX, index, 4);
  const value = <u32>jh.device_read(IOAPIC + DATA, 4);
  release(LOCK_DEVICES);
  return value;
}

function write(index: u32, value: u32): void {
  acquire(LOCK_DEVICES);
  jh.device_write(IOAPIC + INDEX, index, 4);
  jh.device_write(IOAPIC + DATA, value, 4);
  release(LOCK_DEVICES);
}
