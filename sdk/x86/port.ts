/** I/O ports. Those that the cell's configuration does not give it (`ports` in cell.ts) may not be touched. */
import * as jh from "../jh";

export function read8(port: u32): u32 {
  return jh.in8(port);
}
export function read16(port: u32): u32 {
  return jh.in16(port);
}
export function read32(port: u32): u32 {
  return jh.in32(port);
}
export function write8(port: u32, value: u32): void {
  jh.out8(port, value);
}
export function write16(port: u32, value: u32): void {
  jh.out16(port, value);
}
export function write32(port: u32, value: u32): void {
  jh.out32(port, value);
}
