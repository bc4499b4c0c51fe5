/** The IOAPIC (Intel 82093AA datasheet, 3.2): each cell has an index register of its own, and writes the entries of its pins only (jailhouse-abi 4.3). */
import { Access } from "../access.ts";
import * as jh from "../jh.ts";
import { acquire, LOCK_DEVICES, release } from "../lock.ts";
import { PcCell } from "./cells.ts";
import { isWithin } from "./destination.ts";
import { MODE_FIXED, MODE_LOWEST, MODE_MASK } from "./local-apic.ts";
import { IOAPIC } from "./q35.ts";

const INDEX: u64 = 0;
const DATA: u64 = 0x10;
const EOI: u64 = 0x40;

const FIRST_ENTRY: u32 = 0x10;
export const PINS: u32 = 24;
const END: u32 = FIRST_ENTRY + 2 * PINS;
const LOGICAL: u32 = 1 << 11;
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
    if (access.write) cell.ioapicIndex = <u32>access.value;
    else access.value = cell.ioapicIndex;
    return true;
  }
  if (offset == EOI && access.write) {
    jh.device_write(IOAPIC + EOI, access.value, 4);
    return true;
  }
  if (offset != DATA) return false;
  const index = cell.ioapicIndex;
  if (index >= END || (access.write && index < FIRST_ENTRY)) return false;
  if (index >= FIRST_ENTRY && !owns(cell, index)) {
    access.value = 0;
    return true;
  }
  if (access.write) return writeEntry(cell, index, <u32>access.value);
  acquire(LOCK_DEVICES);
  access.value = read(index);
  release(LOCK_DEVICES);
  return true;
}

/** At a start and an end of the cell: its pins are silent. */
export function silence(cell: PcCell): void {
  acquire(LOCK_DEVICES);
  for (let pin: u32 = 0; pin < PINS; pin++) {
    if (((cell.pins >> pin) & 1) == 0) continue;
    write(FIRST_ENTRY + 2 * pin, MASKED);
    write(FIRST_ENTRY + 2 * pin + 1, cell.firstCpu << 24);
  }
  release(LOCK_DEVICES);
}

function owns(cell: PcCell, index: u32): bool {
  return ((cell.pins >> ((index - FIRST_ENTRY) >> 1)) & 1) != 0;
}

/** The lock is held from the look at one half to the write of the other: both together say where the interrupt goes. */
function writeEntry(cell: PcCell, index: u32, value: u32): bool {
  acquire(LOCK_DEVICES);
  const isHigh = (index & 1) != 0;
  const low = isHigh ? read(index - 1) : value & WRITABLE;
  const high = isHigh ? value & 0xff000000 : read(index + 1);
  const allowed = (low & MASKED) != 0 || mayGo(cell, low, high);
  if (allowed) write(index, isHigh ? high : low);
  release(LOCK_DEVICES);
  return allowed;
}

/** Of an entry that is not masked. */
function mayGo(cell: PcCell, low: u32, high: u32): bool {
  const mode = low & MODE_MASK;
  return (mode == MODE_FIXED || mode == MODE_LOWEST) && isWithin(cell, high >> 24, (low & LOGICAL) != 0);
}

/** With the lock. */
function read(index: u32): u32 {
  jh.device_write(IOAPIC + INDEX, index, 4);
  return <u32>jh.device_read(IOAPIC + DATA, 4);
}

/** With the lock. */
function write(index: u32, value: u32): void {
  jh.device_write(IOAPIC + INDEX, index, 4);
  jh.device_write(IOAPIC + DATA, value, 4);
}
