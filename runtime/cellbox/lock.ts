/** Locks between the monitor's CPUs. Their holders are short: nothing interrupts the monitor, and no lock is taken inside another. */
import * as jh from "./jh.ts";
import { allocate } from "./pool.ts";

/** States of CPUs and what they are told to do. */
export const LOCK_CPUS: u64 = 0;
/** Registers in which several cells have fields: the distributor's, the IOAPIC's, configuration space. */
export const LOCK_DEVICES: u64 = 1;
/** Lines of the hypervisor's console. */
export const LOCK_LOG: u64 = 2;
/** The console of the first cell; those of the others follow. */
export const LOCK_CONSOLES: u64 = 3;

/** A cache line for each; a page has enough for all. */
const STRIDE: u64 = 64;
let words: u64 = 0;

/** When there is a pool. */
export function open(): void {
  words = allocate(64 * STRIDE);
}

export function acquire(lock: u64): void {
  while (jh.exchange32(words + lock * STRIDE, 1) != 0) jh.relax();
}

export function release(lock: u64): void {
  jh.exchange32(words + lock * STRIDE, 0);
}
