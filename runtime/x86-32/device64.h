/* Device accesses of 64 bits: no instruction does them at once, so the lower half goes first. */
#pragma once

INTRINSIC(u64, read64, u32 address) {
  u32 low = jh_read32(address);
  return (u64)jh_read32(address + 4) << 32 | low;
}
INTRINSIC(void, write64, u32 address, u64 v) {
  jh_write32(address, (u32)v);
  jh_write32(address + 4, (u32)(v >> 32));
}
