/** Memory: the program's own, and the cell's RAM outside of it. */
import { EVERY, INMATE, plain, row } from "./row.ts";

export const memory = [
  row(
    INMATE,
    "map_ram(physical: u64, size: u64): u64",
    "Maps cell RAM or shared memory outside linear memory, cached; 0 when there is no room.",
  ),
  row(
    INMATE,
    "physical(pointer: u32): u64",
    "Cell address of a byte of linear memory; all ones when it is not backed.",
  ),
  row(INMATE, "memory_limit(): u32", "First pointer beyond the linear memory that the cell's RAM backs."),
  plain(EVERY, "load8(address: u64): u32", "Plain load from a native address."),
  plain(EVERY, "load16(address: u64): u32", "Plain load, 16 bits."),
  plain(EVERY, "load32(address: u64): u32", "Plain load, 32 bits."),
  plain(EVERY, "load64(address: u64): u64", "Plain load, 64 bits."),
  plain(INMATE, "loadf64(address: u64): f64", "Plain load of a 64-bit float."),
  plain(EVERY, "store8(address: u64, value: u32): void", "Plain store to a native address."),
  plain(EVERY, "store16(address: u64, value: u32): void", "Plain store, 16 bits."),
  plain(EVERY, "store32(address: u64, value: u32): void", "Plain store, 32 bits."),
  plain(EVERY, "store64(address: u64, value: u64): void", "Plain store, 64 bits."),
  plain(INMATE, "storef64(address: u64, value: f64): void", "Plain store of a 64-bit float."),
  row(
    INMATE,
    "clean_cache(address: u64, size: u64): void",
    "Cleans the data cache to the point of coherency (DC CVAC), then DSB.",
  ),
  row(
    INMATE,
    "invalidate_cache(address: u64, size: u64): void",
    "Cleans and invalidates the data cache to the point of coherency (DC CIVAC), then DSB.",
  ),
];
