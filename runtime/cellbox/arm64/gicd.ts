/**
 * The distributor as a cell sees it: its own SPIs; the rest reads as zero and ignores writes (jailhouse-abi 4.5). Here is what both versions
 * have (GICv2 spec 4.3, GICv3 spec 12.9); the word of SGIs and PPIs is the CPU's own in version 2 and reads as zero in version 3.
 */
import { Access } from "../access.ts";
import * as jh from "../jh.ts";
import { ArmCell } from "./cells.ts";
import { RESERVED } from "./gic.ts";
import { accessBits, accessBytes, accessPairs } from "./gic-bits.ts";
import { GICD } from "./virt/machine.ts";

const IIDR_END: u64 = 0x0c;
const IGROUPR: u64 = 0x80;
const ISENABLER: u64 = 0x100;
const IPRIORITYR: u64 = 0x400;
const IPRIORITYR_END: u64 = 0x800;
const ICFGR: u64 = 0xc00;
const ICFGR_END: u64 = 0xd00;

/** CTLR, TYPER, IIDR and the identification registers can be read; the distributor stays on whatever a cell writes. */
export function isReadOnly(offset: u64, identification: u64): bool {
  return offset < IIDR_END || offset >= identification;
}

export function readOnly(access: Access, offset: u64): void {
  if (!access.write) access.value = jh.device_read(GICD + offset, access.size);
}

/** Registers with a field an interrupt; false: the access is a violation. All others read as zero. */
export function emulateFields(cell: ArmCell, access: Access, offset: u64): bool {
  const register = GICD + offset;
  // Every interrupt is in the group of normal ones, as behind firmware that owns the other.
  if (offset >= IGROUPR && offset < ISENABLER) {
    if (!access.write) access.value = ownWord(cell, <u32>(offset >> 2) & 31);
    return true;
  }
  // Enable, pending and active, each to set and to clear: six times 1024 bits.
  if (offset >= ISENABLER && offset < IPRIORITYR)
    return accessBits(access, register, ownWord(cell, <u32>(offset >> 2) & 31));
  if (offset >= IPRIORITYR && offset < IPRIORITYR_END)
    return accessBytes(access, register, owned(cell, <u32>(offset - IPRIORITYR)));
  if (offset >= ICFGR && offset < ICFGR_END)
    return accessPairs(access, register, owned(cell, <u32>(offset - ICFGR) * 4));
  access.value = 0;
  return true;
}

/** Bits of the cell's interrupts from this ID on, up to the end of its word. */
export function owned(cell: ArmCell, id: u32): u32 {
  return ownWord(cell, (id >> 5) & 31) >> (id & 31);
}

function ownWord(cell: ArmCell, word: u32): u32 {
  return word == 0 ? ~RESERVED : cell.spis[word];
}
