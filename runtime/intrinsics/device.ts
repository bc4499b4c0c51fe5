/** Registers of devices. */
import { ARM, INMATE, plain, row } from "./row.ts";

export const device = [
  row(
    INMATE,
    "map_device(physical: u64, size: u64): u32",
    "Maps `size` bytes of device registers; 0 when the device window is full.",
  ),
  plain(
    INMATE,
    "aligned(address: u32, size: u32): u32",
    "Gives `address`; raises the fault of a misaligned device access unless it is a multiple of `size`, a power of two.",
  ),
  row(
    ARM,
    "move_device(address: u32, physical: u64): void",
    "Puts the page of registers at cell address `physical` in place of the page that is mapped at `address`.",
  ),
  row(
    INMATE,
    "read8(address: u32): u32",
    "Device read, exactly 8 bits wide, one single-register load (jailhouse-abi: traps need it).",
  ),
  row(INMATE, "read16(address: u32): u32", "Device read, 16 bits."),
  row(INMATE, "read32(address: u32): u32", "Device read, 32 bits."),
  row(INMATE, "read64(address: u32): u64", "Device read, 64 bits."),
  row(INMATE, "write8(address: u32, value: u32): void", "Device write, exactly 8 bits wide."),
  row(INMATE, "write16(address: u32, value: u32): void", "Device write, 16 bits."),
  row(INMATE, "write32(address: u32, value: u32): void", "Device write, 32 bits."),
  row(INMATE, "write64(address: u32, value: u64): void", "Device write, 64 bits."),
];
