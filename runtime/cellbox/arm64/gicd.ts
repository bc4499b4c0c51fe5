/** The distributor as a cell sees it (GICv3 spec 12.9; jailhouse-abi 4.5): its own SPIs; the rest reads as zero and ignores writes. */
import { Access } from "../access.ts";
import { Cell, Cpu, cpuWithAffinity } from "../cell.ts";
import * as jh from "../jh.ts";
import { GICD } from "../qemu/machine.ts";
import { accessBits, accessBytes, accessPairs } from "./gic-bits.ts";

export const SIZE: u64 = 0x10000;

const IIDR_END: u64 = 0x0c;
const IGROUPR: u64 = 0x80;
const ISENABLER: u64 = 0x100;
const IPRIORITYR: u64 = 0x400;
const IPRIORITYR_END: u64 = 0x800;
const ICFGR: u64 = 0xc00;
const ICFGR_END: u64 = 0xd00;
const IROUTER: u64 = 0x6100;
const IROUTER_END: u64 = 0x8000;
const IDENTIFICATION: u64 = 0xffd0;
const IROUTER_ANY: u64 = 1 << 31;
const AFFINITY: u64 = 0xff00ffffff;

/** false: the access is a violation. */
export function emulate(cpu: Cpu, cell: Cell, access: Access, offset: u64): bool {
  const register = GICD + offset;
  // CTLR, TYPER, IIDR and the identification registers can be read; the distributor stays on whatever a cell writes.
  if (offset < IIDR_END || offset >= IDENTIFICATION) {
    if (!access.write) access.value = jh.device_read(register, access.size);
    return true;
  }
  // Every interrupt is in group 1, as behind firmware that owns group 0.
  if (offset >= IGROUPR && offset < ISENABLER) {
    if (!access.write) access.value = cell.spis[<u32>(offset >> 2) & 31];
    return true;
  }
  // Enable, pending and active, each to set and to clear: six times 1024 bits.
  if (offset >= ISENABLER && offset < IPRIORITYR)
    return accessBits(access, register, cell.spis[<u32>(offset >> 2) & 31]);
  if (offset >= IPRIORITYR && offset < IPRIORITYR_END)
    return accessBytes(access, register, owned(cell, <u32>(offset - IPRIORITYR)));
  if (offset >= ICFGR && offset < ICFGR_END)
    return accessPairs(access, register, owned(cell, <u32>(offset - ICFGR) * 4));
  if (offset >= IROUTER && offset < IROUTER_END)
    return route(cpu, access, register, owned(cell, <u32>(offset - IROUTER + 0x100) >> 3));
  access.value = 0;
  return true;
}

/** Bits of the cell's interrupts from this ID on, up to the end of its word. */
function owned(cell: Cell, id: u32): u32 {
  return cell.spis[(id >> 5) & 31] >> (id & 31);
}

/** An own SPI goes to one CPU of the cell; to send it elsewhere is a violation. */
function route(cpu: Cpu, access: Access, register: u64, own: u32): bool {
  if (access.size < 4 || !access.isAligned()) return false;
  if ((own & 1) == 0) {
    access.value = 0;
    return true;
  }
  if (!access.write) {
    access.value = jh.device_read(register, access.size);
    return true;
  }
  const target = wholeRoute(access, register & ~7);
  const receiver = cpuWithAffinity(target & AFFINITY);
  if ((target & IROUTER_ANY) != 0 || receiver == null || receiver.cell != cpu.cell) return false;
  jh.device_write(register, access.value, access.size);
  return true;
}

/** The register's 64 bits after a write of 32 or 64. */
function wholeRoute(access: Access, register: u64): u64 {
  if (access.size == 8) return access.value;
  const before = jh.device_read(register, 8);
  const value = access.value & 0xffffffff;
  return (access.address & 4) == 0 ? (before & ~0xffffffff) | value : (before & 0xffffffff) | (value << 32);
}
