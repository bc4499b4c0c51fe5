/**
 * Interrupts. Numbers are the GIC's: 0 to 15 from other CPUs (SGI), 16 to 31 this CPU's own (PPI), from 32 on the
 * board's (SPI).
 *
 * A handler runs with interrupts off, on a stack of its own, and allocates nothing. The driver of the controller
 * (`gic/`) is chosen at the first `on`; its dispatch function is what the vector calls, so that the choice costs
 * nothing afterwards.
 */
import * as comm from "./comm-region";
import * as console from "./console";
import { panic } from "./fault";
import * as gicv3 from "./gic/gicv3";
import * as handlers from "./gic/handlers";
import * as jh from "./jh";

let count: u32 = 0;

/** Calls `handler` at each interrupt `id` from now on, in place of the one before. The first, and
 * the first for an SPI, allocate their table. */
export function on(id: u32, handler: () => void): void {
  check(id);
  handlers.set(id, handler, count);
  gicv3.enable(id);
}

/** Ends what `on` began. */
export function off(id: u32): void {
  check(id);
  gicv3.disable(id);
  handlers.set(id, ignore, count);
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

/** Chooses the driver: a further one is a file in `gic/` and a case here. */
function start(): void {
  const version = comm.gicVersion();
  handlers.start(unhandled);
  switch (version) {
    case 3:
      count = gicv3.start();
      break;
    default:
      panic(`irq: no driver for GIC version ${version}`);
  }
}

/** An interrupt that the program did not ask for, or not yet: said once, as it cannot come again. */
function unhandled(): void {
  const id = handlers.current();
  gicv3.disable(id);
  console.log(`*** interrupt ${id} has no handler: it is switched off`);
}

/** What arrives just after `off`. */
function ignore(): void {}
