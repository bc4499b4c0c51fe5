/**
 * Regulation without a hypervisor's help. A PMU counter starts each period at -budget and overflows with the last event that is
 * left: its handler keeps the CPU until the period ends. So what is counted beyond the budget is what happens before the
 * interrupt is taken, and what the handler does until it has stopped the counter.
 *
 * Invariant: `next` is the end of the running period, and the timer is set for it. Whoever ends the period, the timer's handler or that
 * of the overflow, which has waited for it, sets both anew.
 */

import * as periods from "jh-inmate/machine/period-timer";
import { panic } from "../fault";
import * as irq from "../irq";
import * as jh from "../jh";
import { Counter } from "../pmu";
import * as timer from "../timer";

/** The one at work: a handler has no arguments. */
let current: Regulator | null = null;

/** Regulates the CPU that makes it, from then on. A program has one at a time. */
export class Regulator {
  /** Periods that have ended, and those in which the budget was used up. */
  periods: u64 = 0;
  overruns: u64 = 0;
  /** Events of the period before, and of the fullest one. */
  last: u32 = 0;
  most: u32 = 0;
  private readonly counter: Counter;
  private readonly ticks: u64;
  private next: u64;

  /** `period` in microseconds. */
  constructor(
    period: u32,
    readonly budget: u32,
    event: u32,
  ) {
    if (period == 0 || budget == 0) panic(`memguard: period ${period} us, budget ${budget}: both must be above 0`);
    this.ticks = timer.ticks(<u64>period * 1000);
    this.counter = new Counter(event);
    this.next = periods.now() + this.ticks;
    current = this;
    irq.on(periods.irq, expired);
    this.counter.onOverflow(exhausted);
    periods.at(this.next);
    this.counter.start(-budget);
  }

  stop(): void {
    const before = irq.disable();
    periods.stop();
    irq.off(periods.irq);
    this.counter.free();
    current = null;
    irq.restore(before);
  }

  /** With the last event that was left. Nothing is counted while the CPU waits; its timer is held back, but ends WFI. */
  exhaust(): void {
    this.counter.stop();
    this.overruns++;
    while (periods.now() < this.next) jh.wait_interrupt();
    this.replenish();
  }

  /** The timer. */
  expire(): void {
    // It may have been on its way when the overflow's handler has ended the period.
    if (periods.now() < this.next) return;
    this.counter.stop();
    this.replenish();
  }

  /** A period that was missed altogether, because interrupts were held back, is not made up for. */
  private replenish(): void {
    this.last = this.counter.count + this.budget;
    this.most = max<u32>(this.most, this.last);
    this.periods++;
    const now = periods.now();
    this.next += this.ticks;
    if (this.next <= now) this.next = now + this.ticks;
    periods.at(this.next);
    this.counter.set(-this.budget);
    this.counter.resume();
  }
}

function exhausted(): void {
  const regulator = current;
  if (regulator != null) regulator.exhaust();
}

function expired(): void {
  const regulator = current;
  if (regulator != null) regulator.expire();
}
