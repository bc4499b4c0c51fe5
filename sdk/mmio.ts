/** Registers of devices. */
import { panic } from "./fault";
import * as jh from "./jh";

/**
 * The registers of one device. Each access is a single load or store of exactly the width that the name says, in
 * program order. Offsets are in bytes from the base that was mapped; beyond the mapped size the next page may be
 * unmapped, and an access there fails the cell.
 *
 * An object of this class is no memory: its reference is the address of the registers, so that an access costs what it
 * costs in C.
 */
@unmanaged
export class Registers {
  read8(offset: u32): u32 {
    return jh.read8(address(this) + offset);
  }
  read16(offset: u32): u32 {
    return jh.read16(jh.aligned(address(this) + offset, 2));
  }
  read32(offset: u32): u32 {
    return jh.read32(jh.aligned(address(this) + offset, 4));
  }
  read64(offset: u32): u64 {
    return jh.read64(jh.aligned(address(this) + offset, 8));
  }
  write8(offset: u32, value: u32): void {
    jh.write8(address(this) + offset, value);
  }
  write16(offset: u32, value: u32): void {
    jh.write16(jh.aligned(address(this) + offset, 2), value);
  }
  write32(offset: u32, value: u32): void {
    jh.write32(jh.aligned(address(this) + offset, 4), value);
  }
  write64(offset: u32, value: u64): void {
    jh.write64(jh.aligned(address(this) + offset, 8), value);
  }
  /** Sets the bits of `mask` in a 32-bit register: a read, then a write. */
  set(offset: u32, mask: u32): void {
    this.write32(offset, this.read32(offset) | mask);
  }
  /** Clears the bits of `mask` in a 32-bit register. */
  clear(offset: u32, mask: u32): void {
    this.write32(offset, this.read32(offset) & ~mask);
  }
  /** Inverts the bits of `mask` in a 32-bit register. */
  toggle(offset: u32, mask: u32): void {
    this.write32(offset, this.read32(offset) ^ mask);
  }
}

function address(registers: Registers): u32 {
  return <u32>changetype<usize>(registers);
}

/**
 * Maps `size` bytes of registers from cell address `base`. Both may be anything, mapped are whole 4 KiB pages. That the
 * cell may access them shows at the first access. Panics when the window for devices is full.
 */
export function map(base: u64, size: u64): Registers {
  const address = jh.map_device(base, size);
  if (address == 0) panic("mmio.map: no room for more device registers");
  return changetype<Registers>(<usize>address);
}
