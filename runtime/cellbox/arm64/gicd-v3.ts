/** The distributor of a GICv3 as a cell sees it: SPIs are routed by affinity (GICv3 spec 12.9, GICD_IROUTER). */
import { Access } from "../access.ts";
import * as jh from "../jh.ts";
import { ArmCell, ArmCpu, cpuWithAffinity } from "./cells.ts";
import { emulateFields, isReadOnly, owned, readOnly } from "./gicd.ts";
import { GICD } from "./virt/machine.ts";

export const SIZE: u64 = 0x10000;

const IROUTER: u64 = 0x6100;
const IROUTER_END: u64 = 0x8000;
const IDENTIFICATION: u64 = 0xffd0;
const IROUTER_ANY: u64 = 1 << 31;
const AFFINITY: u64 = 0xff00ffffff;

/** false: the access is a violation. */
export function emulate(cpu: ArmCpu, cell: ArmCell, access: Access, offset: u64): bool {
  if (isReadOnly(offset, IDENTIFICATION)) {
    readOnly(access, offset);
    return true;
  }
  if (offset >= IROUTER && offset < IROUTER_END)
    return route(cpu, access, GICD + offset, owned(cell, <u32>(offset - IROUTER + 0x100) >> 3));
  return emulateFields(cell, access, offset);
}

/** An own SPI goes to one CPU of the cell; to send it elsewhere is a violation. */
function route(cpu: ArmCpu, access: Access, register: u64, own: u32): bool {
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
