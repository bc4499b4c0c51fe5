/** Words that CPUs and handlers share. */
import { INMATE, row } from "./row.ts";

/** On aligned words of linear memory, sequentially consistent among the CPUs and with handlers (Arm ARM B2.9: exclusives). */
export const atomics = [
  row(INMATE, "atomic_load32(pointer: u32): u32", "LDAR."),
  row(INMATE, "atomic_load64(pointer: u32): u64", "LDAR, 64 bits."),
  row(INMATE, "atomic_store32(pointer: u32, value: u32): void", "STLR."),
  row(INMATE, "atomic_store64(pointer: u32, value: u64): void", "STLR, 64 bits."),
  row(INMATE, "atomic_add32(pointer: u32, value: u32): u32", "Adds; gives what was there before."),
  row(INMATE, "atomic_add64(pointer: u32, value: u64): u64", "Adds, 64 bits."),
  row(INMATE, "atomic_swap32(pointer: u32, value: u32): u32", "Stores; gives what was there before."),
  row(INMATE, "atomic_swap64(pointer: u32, value: u64): u64", "Stores, 64 bits."),
  row(
    INMATE,
    "atomic_compare_swap32(pointer: u32, expected: u32, value: u32): u32",
    "Stores if `expected` is there; gives what was there before.",
  ),
  row(INMATE, "atomic_compare_swap64(pointer: u32, expected: u64, value: u64): u64", "The same with 64 bits."),
  row(
    INMATE,
    "wait_change(pointer: u32, value: u32): void",
    "Sleeps until an event if `value` is there; a store to it by another CPU is one (LDAXR, WFE).",
  ),
];
