/**
 * Interrupts. Numbers are the GIC's: 0 to 15 from other CPUs (SGI), 16 to 31 this CPU's own (PPI), from 32 on the
 * board's (SPI), which the cell's first CPU takes.
 *
 * A handler runs with interrupts off, on a stack of its own, and allocates nothing. The driver of the controller
 * (`gic/`) is chosen at the first `on`; its dispatch function is what the vector calls, so that the choice costs
 * nothing afterwards.
 */
import * as comm from "./comm-region";
import * as console from "./console";
import * as cpus from "./cpus";
import { panic } from "./fault";
import * as gicv2 from "./gic/gicv2";
import * as gicv3 from "./gic/gicv3";
import * as handlers from "./gic/handlers";
import * as registers from "./gic/registers";
import * as jh from "./jh";

const SOFTWARE_GENERATED: u32 = 16;

let count: u32 = 0;

/**
 * Calls `handler` at each interrupt `id` from now on, in place of the one before, and lets it through to this CPU. The
 * first, and the first for an SPI, allocate their table: not for further CPUs, which call `enable`.
 */
export function on(id: u32, handler: () => void): void {
  check(id);
  handlers.set(id, handler, count);
  registers.enable(id);
}

/** Ends what `on` began. */
export function off(id: u32): void {
  check(id);
  registers.disable(id);
  handlers.set(id, ignore, count);
}

/**
 * Lets interrupt `id` through to the CPU that calls this: 0 to 31 are each CPU's own. Its handler, the same on all
 * CPUs, is set before by `on`.
 */
export function enable(id: u32): void {
  if (id >= count) panic(`irq.enable: set the handler of interrupt ${id} first, by irq.on at top level`);
  if (registers.local() == 0) {
    if (isGicv2()) gicv2.startCpu();
    else gicv3.startCpu();
  }
  registers.enable(id);
}

/**
 * Raises interrupt `id`, 0 to 15, on a CPU of the cell (its number as in `smp`). What this CPU has stored before is
 * visible to the handler.
 */
export function send(cpu: u32, id: u32): void {
  if (count == 0 || id >= SOFTWARE_GENERATED || cpu >= cpus.count()) cannotSend(cpu, id);
  jh.barrier_device();
  if (isGicv2()) gicv2.send(cpu, id);
  else gicv3.send(cpus.affinity(cpu), id);
}

function cannotSend(cpu: u32, id: u32): void {
  if (count == 0) panic("irq.send: nobody would take it: call irq.on first");
  if (id >= SOFTWARE_GENERATED) panic(`irq.send: CPUs send interrupts 0 to 15, not ${id}`);
  panic(`irq.send: no CPU ${cpu}: the cell has CPUs 0 to ${cpus.count() - 1}`);
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
  if (id >= count) panic(`irq: no interrupt ${id}: the GIC has 0 to ${count - 1}`);
}

/** Chooses the driver: a further one is a file in `gic/` and a case where `isGicv2` is asked. */
function start(): void {
  handlers.start(unhandled);
  count = registers.start();
  if (isGicv2()) gicv2.start();
  else gicv3.start();
}

function isGicv2(): bool {
  return comm.gicVersion() == 2;
}

/** An interrupt that the program did not ask for, or not yet: said once, as it cannot come again. */
function unhandled(): void {
  const id = handlers.current();
  registers.disable(id);
  console.log(`*** interrupt ${id} has no handler: it is switched off`);
}

/** What arrives just after `off`. */
function ignore(): void {}
