/** PMUv3 (Arm ARM D13): event counters of 32 bits, and a cycle counter of 64. */

import * as args from "../args";
import * as jh from "../jh";

/** INST_RETIRED. */
export const INSTRUCTIONS: u32 = 0x08;
/** L2D_CACHE_REFILL: lines from memory, where the L2 is the last cache; what MemGuard counts. */
export const REFILLS: u32 = 0x17;
/** What a missing counter is blamed on. */
export function missing(): string {
  return "this CPU has no PMUv3";
}

/** PMCR_EL0 (D19.5.14). */
const ENABLE: u32 = 1 << 0;
const RESET_EVENTS: u32 = 1 << 1;
const RESET_CYCLES: u32 = 1 << 2;
/** The cycle counter overflows at 64 bits, not at 32. */
const LONG_CYCLES: u32 = 1 << 6;
const COUNTERS_SHIFT: u32 = 11;
const COUNTERS: u32 = 0x1f;

const CYCLE_COUNTER: u32 = 1 << 31;
const ALL: u32 = 0xffffffff;

const IMPLEMENTATION_DEFINED: u32 = 15;

/**
 * The overflow interrupt: PPI 7 on a machine after the Arm BSA. Where it is an SPI of each CPU (ZCU102: 175 to 178, S32V234: 195 to
 * 198), the command line says `pmu-irq=175`, and the cell must have it.
 */
export function irq(): u32 {
  return <u32>args.int("pmu-irq", 23);
}

/**
 * Event counters that the cell may use. MemGuard of the real-time fork keeps the last two of six for the hypervisor
 * (MDCR_EL2.HPMN is 4): PMCR_EL0.N then reads as 4 (D19.5.14).
 */
export function counters(): u32 {
  const version = jh.pmu_version();
  if (version == 0 || version == IMPLEMENTATION_DEFINED) return 0;
  return (jh.pmu_control() >> COUNTERS_SHIFT) & COUNTERS;
}

/** On this CPU: what an earlier program left is stopped; cycles are counted from now on. */
export function start(): void {
  jh.pmu_disable(ALL);
  jh.pmu_interrupts_off(ALL);
  jh.pmu_clear_overflows(ALL);
  jh.pmu_filter_cycles(0);
  jh.pmu_set_control(ENABLE | RESET_EVENTS | RESET_CYCLES | LONG_CYCLES);
  jh.pmu_enable(CYCLE_COUNTER);
}

/** Whether `start` had an effect: Jailhouse lets a cell have these registers. */
export function counts(): bool {
  return true;
}

/** Whether the CPU counts this common event (PMCEID, D19.5.9); of events that are its maker's nothing tells. */
export function has(event: u32): bool {
  if (event < 64) return ((jh.pmu_events(event >> 5) >> (event & 31)) & 1) != 0;
  // From 0x4000 on the upper halves.
  if (event - 0x4000 < 64) return ((jh.pmu_events((event >> 5) & 1) >> (32 + (event & 31))) & 1) != 0;
  return true;
}

export function cycles(): u64 {
  return jh.pmu_cycles();
}

/** Sets a stopped counter to count `event` from `value` on. */
export function set(counter: u32, event: u32, value: u32): void {
  jh.pmu_event(counter, event);
  jh.pmu_set_count(counter, value);
}
export function run(mask: u32): void {
  jh.pmu_enable(mask);
}
export function hold(mask: u32): void {
  jh.pmu_disable(mask);
}
export function count(counter: u32): u32 {
  return jh.pmu_count(counter);
}

/** Whether an overflow of these counters raises the interrupt. */
export function interruptBy(mask: u32, yes: bool): void {
  if (yes) jh.pmu_interrupts_on(mask);
  else jh.pmu_interrupts_off(mask);
}
export function overflows(): u32 {
  return jh.pmu_overflows();
}
export function clearOverflows(mask: u32): void {
  jh.pmu_clear_overflows(mask);
}
