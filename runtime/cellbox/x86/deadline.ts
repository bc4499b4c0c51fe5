/**
 * The APIC timer's TSC-deadline mode (Intel SDM volume 3A, 11.5.4.1), by option: QEMU's CPUs do not have it, so the one-shot mode counts to where the
 * time-stamp counter reaches the deadline.
 */
import * as jh from "../jh.ts";
import { boardWord } from "../run.ts";
import { PcCpu } from "./cells.ts";
import { tscKhz } from "./clock.ts";
import * as local from "./local-apic.ts";

export const MSR_DEADLINE: u32 = 0x6e0;
/** CPUID leaf 1, ECX. */
export const FEATURE: u32 = 1 << 24;
/** Of the timer's LVT: periodic, deadline. */
const MODE: u32 = 3 << 17;
const MODE_DEADLINE: u32 = 2 << 17;

const OPTION: u64 = 1;
const NANOSECONDS_KHZ: u64 = 1000000;
/** By the bits 0, 1 and 3 of the divide register, the logarithm of the divider less one; the last is "by one". */
const DIVIDE_BITS: u32 = 11;

export function isOffered(): bool {
  return (boardWord(3) & OPTION) != 0;
}

/** Takes a value for the timer's LVT; gives what the CPU's own gets. */
export function choose(cpu: PcCpu, lvt: u32): u32 {
  cpu.usesDeadline = isOffered() && (lvt & MODE) == MODE_DEADLINE;
  if (!cpu.usesDeadline) return lvt;
  local.write(local.REG_TIMER_COUNT, 0);
  return lvt & ~MODE;
}

/** What the cell reads back. */
export function shown(cpu: PcCpu, lvt: u32): u32 {
  return cpu.usesDeadline ? lvt | MODE_DEADLINE : lvt;
}

/** A deadline that has passed fires at once; 0 disarms. */
export function arm(cpu: PcCpu, count: u64): void {
  if (!cpu.usesDeadline) return;
  cpu.deadline = count;
  const now = jh.counter();
  const nanoseconds = count > now ? ((count - now) * NANOSECONDS_KHZ) / tscKhz() : 0;
  const counts = min(max(nanoseconds >> shift(), 1), u32.MAX_VALUE);
  local.write(local.REG_TIMER_COUNT, count == 0 ? 0 : <u32>counts);
}

/** 0 when it has passed. */
export function pending(cpu: PcCpu): u64 {
  return cpu.usesDeadline && local.read(local.REG_TIMER_CURRENT) != 0 ? cpu.deadline : 0;
}

function shift(): u32 {
  const bits = local.read(local.REG_TIMER_DIVIDE) & DIVIDE_BITS;
  return ((bits & 3) + ((bits & 8) >> 1) + 1) & 7;
}
