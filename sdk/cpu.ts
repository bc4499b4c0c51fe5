/**
 * The CPU that the program runs on. Every function here is a compiler barrier: what handlers changed is seen after it.
 */

import * as machine from "jh-inmate/machine/cpu";
import * as jh from "./jh";

/**
 * Sleeps until something may have happened: an interrupt, an event of another CPU, or at the latest after 10 ms. For
 * loops that look at what a handler changes: `while (!ready) cpu.wait()`. It may return early, and an interrupt just
 * before it costs no more than those 10 ms.
 */
export function wait(): void {
  machine.wait();
}

/** Says that this CPU spins, for loops that must not sleep. */
export function relax(): void {
  jh.relax();
}

/** What identifies this CPU on the board, also in a cell: on Arm its affinity (MPIDR_EL1 & 0xff00ffffff), on x86 its APIC ID. */
export function id(): u64 {
  return jh.cpu_id();
}

/** Stops this CPU for ever. The cell keeps its state: see `cell.exit`. */
export function halt(): void {
  jh.halt();
}

/** Orders all memory accesses before it and after it among the CPUs of the board (DMB ISH, MFENCE). */
export function barrier(): void {
  jh.barrier();
}

/** Orders stores among the CPUs of the board (DMB ISHST, SFENCE): the data first, then the flag that says it is there. */
export function barrierStore(): void {
  jh.barrier_store();
}

/** Waits until all accesses before it, to devices too, are done (DSB SY, MFENCE). */
export function barrierDevice(): void {
  jh.barrier_device();
}
