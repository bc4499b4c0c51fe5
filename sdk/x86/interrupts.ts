/** Interrupts are vectors of the local APIC. What raises one is set up at its source; nothing stands between it and the CPU. */
import * as handlers from "../handlers";
import * as jh from "../jh";
import * as apic from "./apic";
import * as cpus from "./cpus";
import * as timer from "./timer";

/** Below are exceptions; up to here the image has vectors (runtime/x86-64/layout.h). */
const FIRST_VECTOR: u32 = 32;
const END_OF_VECTORS: u32 = 96;

export const FIRST_TABLE: u32 = END_OF_VECTORS;
export const FIRST_SENT: u32 = FIRST_VECTOR;
export const LAST_SENT: u32 = END_OF_VECTORS - 1;

/** On the first CPU. Gives the number of vectors. */
export function start(): u32 {
  startCpu();
  return END_OF_VECTORS;
}

/** Whether this CPU takes part. */
export function hasStarted(): bool {
  return apic.isOn();
}

export function startCpu(): void {
  jh.vector_entry(dispatch.index);
  apic.start();
}

/** The timer alone has something to let through. */
export function enable(vector: u32): void {
  if (vector == timer.irq) timer.letThrough(true);
}

/** What raises another vector may go on with it. */
export function disable(vector: u32): void {
  if (vector == timer.irq) timer.letThrough(false);
  handlers.replace(vector, nothing);
}

function nothing(): void {}

export function send(cpu: u32, vector: u32): void {
  apic.send(cpus.affinity(cpu), vector);
}

/** What the vectors call. */
export function dispatch(vector: u32): void {
  if (vector != timer.irq || timer.isDue()) handlers.dispatch(vector);
  apic.end();
}
