/** Locks between the monitor's CPUs. Their holders are short: nothing interrupts the monitor, and no lock is taken inside another. */
import * as jh from "./jh.ts";
import { allocate } from "./pool.ts";

/** States of CPUs and what they are told to do. */
export const LOCK_CPUS: u64 = 0;
/** Registers of the distributor in which several cells have fields. */
export const LOCK_DISTRIBUTOR: u64 = 1;
/** The console of the first cell; those of the others follow. */
export const LOCK_CONSOLES: u64 = 2;

/** A cache line for each; a page has enough for all. */
const STRIDE: u64 = 64;
const words = allocate(64 * STRIDE);

export function acquire(lock: u64): void {
  while (jh.exchange32(words + lock * STRIDE, 1) != 0) jh.relax();
}

export function release(lock: u64): void {
  jh.exchange32(words + lock * STRIDE, 0);
}
