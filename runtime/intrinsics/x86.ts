/** What only x86 has. */
import { plain, row, X86, X86_EVERY } from "./row.ts";

export const x86 = [
  row(X86_EVERY, "in8(port: u32): u32", "IN, 8 bits."),
  row(X86_EVERY, "in16(port: u32): u32", "IN, 16 bits."),
  row(X86_EVERY, "in32(port: u32): u32", "IN, 32 bits."),
  row(X86_EVERY, "out8(port: u32, value: u32): void", "OUT, 8 bits."),
  row(X86_EVERY, "out16(port: u32, value: u32): void", "OUT, 16 bits."),
  row(X86_EVERY, "out32(port: u32, value: u32): void", "OUT, 32 bits."),
  row(X86_EVERY, "msr_read(msr: u32): u64", "RDMSR; one that the hypervisor refuses ends in a parked CPU."),
  row(X86_EVERY, "msr_write(msr: u32, value: u64): void", "WRMSR."),
  plain(X86_EVERY, "cpuid(leaf: u32, subleaf: u32, what: u32): u32", "CPUID; `what` 0 to 3: EAX, EBX, ECX, EDX."),
  row(
    X86,
    "interrupts_wait(): void",
    "STI, HLT: lets interrupts in and sleeps until one has come; none can slip in between.",
  ),
  row(X86, "flush_line(pointer: u32): void", "CLFLUSH of the cache line with a byte of linear memory."),
  row(X86, "barrier_load(): void", "LFENCE: what comes behind it begins when all before it is done."),
  row(
    X86,
    "vector_entry(fn: u32): void",
    "The function (table index, type (vector: u32) => void) that interrupts call.",
  ),
  row(
    X86,
    "cpu_state(apic_id: u32): u32",
    "0: no CPU with that APIC ID has arrived at the start of the cell, 1: it waits, else it runs.",
  ),
  row(X86, "cpus_arrived(): u32", "How many CPUs have arrived at the start of the cell."),
];
