/** Accesses to registers that hold a field an interrupt, limited to the interrupts of a cell. */
import { Access } from "../access.ts";
import * as jh from "../jh.ts";
import { acquire, LOCK_DEVICES, release } from "../lock.ts";

/** One bit an interrupt; writing 0 does nothing, so that leaving out foreign bits leaves them alone. */
export function accessBits(access: Access, register: u64, own: u32): bool {
  if (access.size != 4 || !access.isAligned()) return false;
  if (access.write) jh.device_write(register, access.value & own, 4);
  else access.value = jh.device_read(register, 4) & own;
  return true;
}

/** Two bits an interrupt (configuration): `own` has the bits of these sixteen. */
export function accessPairs(access: Access, register: u64, own: u32): bool {
  if (access.size != 4 || !access.isAligned()) return false;
  let mask: u64 = 0;
  for (let n: u32 = 0; n < 16; n++) if (((own >> n) & 1) != 0) mask |= (<u64>3) << (2 * n);
  // Another cell may have the other fields of the register.
  acquire(LOCK_DEVICES);
  const before = jh.device_read(register, 4);
  if (access.write) jh.device_write(register, (before & ~mask) | (access.value & mask), 4);
  else access.value = before & mask;
  release(LOCK_DEVICES);
  return true;
}

/** One byte an interrupt (priority): `own` has the bit of the first interrupt in bit 0. */
export function accessBytes(access: Access, register: u64, own: u32): bool {
  if (access.size == 8 || !access.isAligned()) return false;
  let result: u64 = 0;
  for (let n: u32 = 0; n < access.size; n++) {
    if (((own >> n) & 1) == 0) continue;
    if (access.write) jh.device_write(register + n, (access.value >> (8 * n)) & 0xff, 1);
    else result |= jh.device_read(register + n, 1) << (8 * n);
  }
  if (!access.write) access.value = result;
  return true;
}
