/**
 * PMUv3 of a CPU (Arm ARM D13): registers over what the model of the memory system counts, and over the CPU's time. Counters are not advanced
 * one by one: each knows where its source stood when it was started.
 */
import type { Alarm, Clock } from "../device.ts";
import type { Counts } from "../memory-system/core.ts";

/** PMCR_EL0 (D19.5.14). */
const CONTROL = { enable: 1 << 0, resetEvents: 1 << 1, resetCycles: 1 << 2, longCycles: 1 << 6 } as const;
const KEPT = CONTROL.enable | CONTROL.longCycles;
const COUNTERS_SHIFT = 11;
/** Implementer Arm, Cortex-A53. */
const IDENTITY = 0x41030000;
/** The cycle counter's bit. */
const CYCLES = 31;
const SW_INCR = 0x00;
const CPU_CYCLES = 0x11;
const EVENT_MASK = 0xffff;
const WRAP = 2 ** 32;
/** ns after which a cycle counter that stands still is looked at again. */
const STANDSTILL = 1000;

/** What events are in the model; of others none happens. Numbers as in sdk/arm64/events.ts. */
const EVENTS: Readonly<Record<number, (counts: Readonly<Counts>) => number>> = {
  3: ({ l1Refills }) => l1Refills,
  21: ({ l1Writebacks }) => l1Writebacks,
  22: ({ l2Accesses }) => l2Accesses,
  23: ({ l2Refills }) => l2Refills,
  24: ({ l2Writebacks }) => l2Writebacks,
  25: ({ busReads, busWrites }) => busReads + busWrites,
  96: ({ busReads }) => busReads,
  97: ({ busWrites }) => busWrites,
};

export interface PmuHost {
  readonly clock: Clock;
  /** Event counters that the cell may use. */
  readonly counters: number;
  readonly MHz: number;
  /** ns for which the CPU has run code. */
  activeTime(): number;
  counts(): Readonly<Counts>;
  setLine(level: boolean): void;
}

interface Counter {
  event: number;
  /** The count when the source stood at `since`; while it is stopped, the count. */
  count: number;
  since: number;
}

export class Pmu {
  readonly #host: PmuHost;
  readonly #events: readonly Counter[];
  readonly #cycles: Counter = { event: CPU_CYCLES, count: 0, since: 0 };
  #control = 0;
  #enabled = 0;
  #interrupts = 0;
  #overflows = 0;
  #alarm: Alarm | undefined;

  constructor(host: PmuHost) {
    this.#host = host;
    this.#events = Array.from({ length: host.counters }, () => ({ event: SW_INCR, count: 0, since: 0 }));
  }

  get control(): number {
    return (IDENTITY | (this.#events.length << COUNTERS_SHIFT) | this.#control) >>> 0;
  }
  set control(bits: number) {
    this.#change(() => {
      this.#control = bits & KEPT;
    });
    if (bits & CONTROL.resetEvents) for (const counter of this.#events) this.#set(counter, 0);
    if (bits & CONTROL.resetCycles) this.#set(this.#cycles, 0);
    this.#arm();
  }

  enable(mask: number): void {
    this.#change(() => {
      this.#enabled |= mask;
    });
  }
  disable(mask: number): void {
    this.#change(() => {
      this.#enabled &= ~mask;
    });
  }

  interruptsOn(mask: number): void {
    this.#interrupts |= mask;
    this.#update();
    this.#arm();
  }
  interruptsOff(mask: number): void {
    this.#interrupts &= ~mask;
    this.#update();
  }

  get overflows(): number {
    this.check();
    return this.#overflows >>> 0;
  }
  clearOverflows(mask: number): void {
    this.check();
    this.#overflows &= ~mask;
    this.#update();
  }

  get cycles(): bigint {
    return BigInt(Math.floor(this.#value(this.#cycles, CYCLES)));
  }

  setEvent(n: number, event: number): void {
    this.#change(() => {
      const counter = this.#events[n];
      if (counter) counter.event = event & EVENT_MASK;
    });
  }
  count(n: number): number {
    this.check();
    const counter = this.#events[n];
    return counter ? Math.floor(this.#value(counter, n)) : 0;
  }
  setCount(n: number, value: number): void {
    const counter = this.#events[n];
    if (!counter) return;
    this.check();
    this.#set(counter, value >>> 0);
    this.#arm();
  }

  increment(mask: number): void {
    for (const [n, counter] of this.#events.entries())
      if ((mask >> n) & 1 && counter.event === SW_INCR && this.#runs(n)) counter.count++;
    this.check();
  }

  /** PMCEID0_EL0 and PMCEID1_EL0: which common events there are. */
  commonEvents(n: number): bigint {
    const known = [SW_INCR, CPU_CYCLES, ...Object.keys(EVENTS).map(Number)];
    return known.filter((event) => event >> 5 === n).reduce((bits, event) => bits | (1n << BigInt(event & 31)), 0n);
  }

  /** Something has been counted, or may have been. */
  check(): void {
    if (this.#enabled === 0) return;
    for (let n = 0; n < this.#events.length; n++) {
      const counter = this.#events[n] as Counter;
      if (!this.#runs(n) || this.#value(counter, n) < WRAP) continue;
      counter.count -= WRAP;
      this.#overflows |= 1 << n;
    }
    if ((this.#control & CONTROL.longCycles) === 0 && this.#value(this.#cycles, CYCLES) >= WRAP) {
      this.#cycles.count -= WRAP;
      this.#overflows |= 1 << CYCLES;
    }
    this.#update();
  }

  #runs(n: number): boolean {
    return (this.#control & CONTROL.enable) !== 0 && ((this.#enabled >>> n) & 1) === 1;
  }

  #value(counter: Counter, n: number): number {
    return this.#runs(n) ? counter.count + this.#source(counter) - counter.since : counter.count;
  }

  #set(counter: Counter, value: number): void {
    counter.count = value;
    counter.since = this.#source(counter);
  }

  #source({ event }: Counter): number {
    const { activeTime, MHz, counts } = this.#host;
    return event === CPU_CYCLES ? (activeTime() * MHz) / 1000 : (EVENTS[event]?.(counts()) ?? 0);
  }

  /** What counts, and what: before it changes, the counts by now are kept. */
  #change(change: () => void): void {
    this.check();
    const all = [...this.#events.entries(), [CYCLES, this.#cycles] as const];
    for (const [n, counter] of all) counter.count = this.#value(counter, n);
    change();
    for (const [, counter] of all) counter.since = this.#source(counter);
    this.#update();
    this.#arm();
  }

  #update(): void {
    this.#host.setLine((this.#control & CONTROL.enable) !== 0 && (this.#overflows & this.#interrupts) !== 0);
  }

  /** Cycles go by without an access that would look at the counters. */
  #arm(): void {
    this.#alarm?.cancel();
    const all = [...this.#events.entries(), [CYCLES, this.#cycles] as const];
    const left = all.flatMap(([n, counter]) =>
      counter.event === CPU_CYCLES && this.#runs(n) && (this.#interrupts >>> n) & 1
        ? [WRAP - this.#value(counter, n)]
        : [],
    );
    if (left.length === 0) return;
    const { clock, MHz } = this.#host;
    const ns = Math.max(STANDSTILL, Math.ceil((Math.min(...left) * 1000) / MHz));
    this.#alarm = clock.at(clock.now + ns, () => {
      this.check();
      this.#arm();
    });
  }
}
