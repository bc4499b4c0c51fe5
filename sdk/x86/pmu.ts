/**
 * Architectural performance monitoring of Intel's CPUs, version 2 or later (Intel SDM 3B, 20.2). Here counters have 32
 * bits, as a WRMSR sets only so many. AMD's CPUs have other counters: CPUID leaf 0xA knows none of them.
 */

import * as jh from "../jh";
import * as cpuid from "./cpuid";

/** Instructions retired (table 20-1): event select in bits 7:0, unit mask in 15:8. */
export const INSTRUCTIONS: u32 = 0xc0;
/** Misses of the last level cache. */
export const REFILLS: u32 = 0x412e;
export function missing(): string {
  return "CPUID leaf 0xA of this CPU has none (AMD's are others)";
}

const LEAF: u32 = 0xa;
const VERSION_2: u32 = 2;

const PMC0: u32 = 0xc1;
const PERFEVTSEL0: u32 = 0x186;
const FIXED_CYCLES: u32 = 0x30a;
const FIXED_CTR_CTRL: u32 = 0x38d;
const GLOBAL_STATUS: u32 = 0x38e;
const GLOBAL_CTRL: u32 = 0x38f;
const GLOBAL_OVF_CTRL: u32 = 0x390;
/** x2APIC: what an overflow sends (10.5.1). */
const LVT_PERFORMANCE: u32 = 0x834;

/** PERFEVTSEL: at any ring, interrupt at overflow, enabled. */
const ALL_RINGS: u32 = (1 << 16) | (1 << 17);
const INTERRUPT: u32 = 1 << 20;
const ENABLE: u32 = 1 << 22;
/** FIXED_CTR_CTRL: the second counter, core cycles, at any ring. */
const FIXED_CYCLES_ON: u64 = 3 << 4;
const FIXED_CYCLES_BIT: u64 = (<u64>1) << 33;

/** Below the timer's vector. */
export function irq(): u32 {
  return 94;
}

export function counters(): u32 {
  const leaf = cpuid.eax(LEAF);
  return (leaf & 0xff) >= VERSION_2 ? (leaf >> 8) & 0xff : 0;
}

export function start(): void {
  const all = ((<u64>1) << counters()) - 1;
  for (let counter: u32 = 0; counter < counters(); counter++) jh.msr_write(PERFEVTSEL0 + counter, 0);
  jh.msr_write(GLOBAL_OVF_CTRL, all | FIXED_CYCLES_BIT);
  jh.msr_write(FIXED_CYCLES, 0);
  jh.msr_write(FIXED_CTR_CTRL, FIXED_CYCLES_ON);
  jh.msr_write(GLOBAL_CTRL, all | FIXED_CYCLES_BIT);
  jh.msr_write(LVT_PERFORMANCE, irq());
}

/** Jailhouse ignores writes to GLOBAL_CTRL (jailhouse-abi 3.3): then the counters stay as root left them. */
export function counts(): bool {
  return (jh.msr_read(GLOBAL_CTRL) & FIXED_CYCLES_BIT) != 0;
}

/** The seven architectural events have a bit each, set for what is missing; of other events nothing tells. */
export function has(event: u32): bool {
  // In the order of EBX's bits (table 20-1).
  const events: StaticArray<u32> = [0x3c, 0xc0, 0x13c, 0x4f2e, 0x412e, 0xc4, 0xc5];
  const missing = cpuid.ebx(LEAF);
  for (let bit = 0; bit < events.length; bit++) if (events[bit] == event) return ((missing >> bit) & 1) == 0;
  return true;
}

export function cycles(): u64 {
  jh.barrier_load();
  return jh.msr_read(FIXED_CYCLES);
}

export function set(counter: u32, event: u32, value: u32): void {
  const selected = jh.msr_read(PERFEVTSEL0 + counter);
  jh.msr_write(PERFEVTSEL0 + counter, (selected & INTERRUPT) | event | ALL_RINGS);
  // WRMSR sets the lower 32 bits and extends their sign (20.2.1): a count to come ends at 0, as it must.
  jh.msr_write(PMC0 + counter, value);
}
export function run(mask: u32): void {
  for (let counter: u32 = 0; mask >> counter != 0; counter++) if ((mask >> counter) & 1) change(counter, ENABLE, 0);
}
export function hold(mask: u32): void {
  for (let counter: u32 = 0; mask >> counter != 0; counter++) if ((mask >> counter) & 1) change(counter, 0, ENABLE);
}
export function count(counter: u32): u32 {
  jh.barrier_load();
  return <u32>jh.msr_read(PMC0 + counter);
}

export function interruptBy(mask: u32, yes: bool): void {
  for (let counter: u32 = 0; mask >> counter != 0; counter++)
    if ((mask >> counter) & 1) change(counter, yes ? INTERRUPT : 0, INTERRUPT);
}
export function overflows(): u32 {
  return <u32>jh.msr_read(GLOBAL_STATUS);
}
/** The APIC has masked the entry with the interrupt (10.5.1): it is let through again. */
export function clearOverflows(mask: u32): void {
  jh.msr_write(GLOBAL_OVF_CTRL, mask);
  jh.msr_write(LVT_PERFORMANCE, irq());
}

function change(counter: u32, set: u32, clear: u32): void {
  const selected = jh.msr_read(PERFEVTSEL0 + counter);
  jh.msr_write(PERFEVTSEL0 + counter, (selected & ~(<u64>clear)) | set);
}
