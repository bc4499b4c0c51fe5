/**
 * Interrupts. On Arm the numbers are the GIC's: 0 to 15 from other CPUs (SGI), 16 to 31 this CPU's own (PPI), from 32 on
 * the board's (SPI), which the cell's first CPU takes. On x86 they are vectors, 32 to 95: the timer's, what CPUs send
 * each other, and what an IOAPIC pin or a device's MSI is set to.
 *
 * A handler runs with interrupts off, on a stack of its own, and allocates nothing.
 */

import * as cpus from "jh-inmate/machine/cpus";
import * as controller from "jh-inmate/machine/interrupts";
import * as console from "./console";
import { panic } from "./fault";
import * as handlers from "./handlers";
import * as jh from "./jh";

let count: u32 = 0;

/**
 * Calls `handler` at each interrupt `id` from now on, in place of the one before, and lets it through to this CPU. The
 * first, and the first for an SPI, allocate their table: not for further CPUs, which call `enable`.
 */
export function on(id: u32, handler: () => void): void {
  check(id);
  handlers.set(id, handler, count);
  controller.enable(id);
}

/** Ends what `on` began. */
export function off(id: u32): void {
  check(id);
  controller.disable(id);
  handlers.set(id, ignore, count);
}

/**
 * Lets interrupt `id` through to the CPU that calls this: on Arm 0 to 31, on x86 all are each CPU's own. Its handler, the same on all
 * CPUs, is set before by `on`.
 */
export function enable(id: u32): void {
  if (id >= count) panic(`irq.enable: set the handler of interrupt ${id} first, by irq.on at top level`);
  if (!controller.hasStarted()) controller.startCpu();
  controller.enable(id);
}

/**
 * The n-th, from 0 to 15, of the interrupts that CPUs send each other, on every machine: SGI n on Arm, vector 32 + n on
 * x86, where a device may be set to the same.
 */
export function ipi(n: u32): u32 {
  return controller.FIRST_SENT + n;
}

/**
 * Raises interrupt `id` (see `ipi`) on a CPU of the cell (its number as in `smp`). What this CPU has stored before is
 * visible to the handler.
 */
export function send(cpu: u32, id: u32): void {
  if (count == 0 || !isSent(id) || cpu >= cpus.count()) cannotSend(cpu, id);
  jh.barrier_device();
  controller.send(cpu, id);
}

function isSent(id: u32): bool {
  return id - controller.FIRST_SENT <= controller.LAST_SENT - controller.FIRST_SENT;
}

function cannotSend(cpu: u32, id: u32): void {
  if (count == 0) panic("irq.send: nobody would take it: call irq.on first");
  if (!isSent(id))
    panic(`irq.send: CPUs send interrupts ${controller.FIRST_SENT} to ${controller.LAST_SENT}, not ${id}`);
  panic(`irq.send: no CPU ${cpu}: the cell has CPUs 0 to ${cpus.count() - 1}`);
}

/** In a handler: the interrupt that it was called for. */
export function current(): u32 {
  return handlers.current();
}

/** Holds interrupts of this CPU back. Returns what `restore` needs: pairs may be nested. */
export function disable(): u32 {
  return jh.interrupts_off();
}

/** Lets interrupts in again, if they were let in before the `disable` that returned `before`. */
export function restore(before: u32): void {
  jh.interrupts_restore(before);
}

function check(id: u32): void {
  if (count == 0) start();
  if (id >= count) panic(`irq: no interrupt ${id}: there are 0 to ${count - 1}`);
}

function start(): void {
  handlers.start(unhandled, controller.FIRST_TABLE);
  count = controller.start();
}

/** An interrupt that the program did not ask for, or not yet: said once, as it cannot come again. */
function unhandled(): void {
  const id = handlers.current();
  controller.disable(id);
  console.log(`*** interrupt ${id} has no handler: it is switched off`);
}

/** What arrives just after `off`. */
function ignore(): void {}
