/**
 * The further CPUs of the cell. They are numbered from 0, the CPU that the cell starts with and the top-level code runs
 * on, in the order of their affinities (Arm) or APIC IDs (x86); which CPUs of the board they are says the cell's
 * configuration (`cpus` in cell.ts).
 *
 * All CPUs share the program's variables and memory. Numbers that one writes and another reads are `Atomic`, or lie
 * between `acquire` and `release` of a `Lock`; a loop that waits for another CPU has `cpu.relax()` in it. A further CPU
 * allocates nothing; its stack has 4 KiB. Lines on the console stay whole.
 */

import * as cpus from "jh-inmate/machine/cpus";
import { panic } from "./fault";
import * as jh from "./jh";

/** PSCI's results (Arm DEN 0022, 5.2.2); on x86 `cpu_start` gives the same. */
const SUCCESS: i64 = 0;
const ALREADY_ON: i64 = -4;

/** CPUs of the cell. */
export function count(): u32 {
  return cpus.count();
}

/** The number of the CPU that asks. */
export function current(): u32 {
  return jh.cpu_index();
}

/** What identifies a CPU of the cell on the board, as `cpu.id()` gives it there: its affinity or APIC ID. */
export function affinity(cpu: u32): u64 {
  check(cpu);
  return cpus.affinity(cpu);
}

/** Whether the CPU runs: the first always does, another from `start` on until its function has returned. */
export function isOn(cpu: u32): bool {
  check(cpu);
  return cpus.isOn(cpu);
}

/**
 * Calls `fn` on that CPU. When it returns, the CPU goes off and may be started again. Panics when the cell does not
 * have the CPU or it runs already.
 */
export function start(cpu: u32, fn: () => void): void {
  check(cpu);
  // Only an image that was built for a smaller cell.
  if (cpu > jh.more_cpus())
    panic(`smp: the image has stacks for CPUs 0 to ${jh.more_cpus()}, not for ${cpu}: build it for this cell`);
  const result = cpu == jh.cpu_index() ? ALREADY_ON : jh.cpu_start(cpus.affinity(cpu), fn.index, cpu);
  if (result == ALREADY_ON) panic(`smp.start: CPU ${cpu} runs already`);
  if (result != SUCCESS) panic(`smp.start: the hypervisor does not start CPU ${cpu} (result ${result})`);
}

function check(cpu: u32): void {
  const all = cpus.count();
  if (cpu >= all) panic(`smp: no CPU ${cpu}: the cell has CPUs 0 to ${all - 1} (see cpus in its cell.ts)`);
}
