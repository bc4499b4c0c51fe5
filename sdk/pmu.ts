/**
 * Performance counters of the CPU that asks: on Arm PMUv3, on x86 Intel's architectural counters. How often something
 * happened (an instruction, a cache refill), how many cycles went by, and an interrupt when it happened too often.
 *
 * Events are numbers: `INSTRUCTIONS` on every machine, the others by name from `jh-inmate/arm64` and `jh-inmate/x86`, or
 * from the CPU's manual. What the hypervisor does for the cell is not counted.
 *
 *     const seen = pmu.measure(() => work(), events.L2D_CACHE_REFILL);
 *     console.log(`${seen.cycles} cycles, ${seen.instructions} instructions, ${seen.event(0)} refills`);
 */

import * as machine from "jh-inmate/machine/pmu";
import { panic } from "./fault";
import * as irq from "./irq";
import * as jh from "./jh";

/** An instruction was executed. */
export const INSTRUCTIONS: u32 = machine.INSTRUCTIONS;

/** No event; it needs no counter. */
export const NONE: u32 = 0xffffffff;

/** By CPU: a byte, 1 once its PMU is on. An image is for 16 CPUs at most. */
function started(): usize {
  return memory.data(16);
}
/** By counter: the code address of its handler; 0: none. */
function handlers(): usize {
  return memory.data(128, 4);
}
/** A bit a counter that belongs to a `Counter`. */
let taken: u32 = 0;

/**
 * Event counters that the cell may use on this CPU. The real-time fork's MemGuard keeps two of six for itself; a CPU
 * without counters has 0.
 */
export function counters(): u32 {
  return machine.counters();
}

/** Whether the CPU counts this event, as far as it tells; else its count stays 0. */
export function has(event: u32): bool {
  return machine.has(event);
}

/** Cycles of this CPU since the program's first use of its PMU. They stand still while it sleeps. */
export function cycles(): u64 {
  ready();
  return machine.cycles();
}

/** The interrupt of an overflow. */
export function interrupt(): u32 {
  return machine.irq();
}

/** One of the CPU's counters, from `new` to `free`. It has 32 bits. */
export class Counter {
  readonly index: u32;
  private handled: bool = false;

  /** Panics when all are taken. */
  constructor(readonly event: u32) {
    this.index = take();
  }

  /** Counts from `value` on, on the CPU that calls. */
  start(value: u32 = 0): void {
    ready();
    this.set(value);
    machine.interruptBy(this.mask, this.handled);
    if (this.handled) irq.enable(machine.irq());
    machine.run(this.mask);
  }

  /** It keeps its count. */
  stop(): void {
    machine.hold(this.mask);
  }

  /** Goes on counting from `value`. */
  set(value: u32): void {
    machine.hold(this.mask);
    machine.clearOverflows(this.mask);
    machine.set(this.index, this.event, value);
  }
  resume(): void {
    machine.run(this.mask);
  }

  get count(): u32 {
    return machine.count(this.index);
  }
  /** It went from 0xffffffff to 0 since it was set, and no handler has seen it. */
  get overflowed(): bool {
    return (machine.overflows() & this.mask) != 0;
  }

  /**
   * Calls `handler` whenever the counter overflows, from its next `start` on: `start(-n)` overflows at the n-th event. Some more
   * may be counted before the handler runs.
   */
  onOverflow(handler: () => void): void {
    store<u32>(handlers() + (this.index << 2), jh.resolve(handler.index));
    irq.on(machine.irq(), overflowed);
    this.handled = true;
  }

  /** Another may have it. */
  free(): void {
    machine.hold(this.mask);
    machine.interruptBy(this.mask, false);
    store<u32>(handlers() + (this.index << 2), 0);
    taken &= ~this.mask;
  }

  get mask(): u32 {
    return 1 << this.index;
  }
}

/** On the interrupt: its line stays up until the overflows are cleared. */
function overflowed(): void {
  const seen = machine.overflows();
  machine.clearOverflows(seen);
  for (let rest = seen; rest != 0; rest &= rest - 1) {
    const code = load<u32>(handlers() + (ctz(rest) << 2));
    if (code != 0) jh.invoke(code);
  }
}

/** Quantities of a Meter: cycles, instructions, and the chosen events. */
const CYCLES: u32 = 0;
const FIRST_COUNTER: u32 = 1;
const QUANTITIES: u32 = 5;
/** Enough to have the code in the cache. */
const CALIBRATIONS: u32 = 8;

/**
 * Measures functions: cycles, instructions and up to three events, each less what measuring an empty function shows.
 * Interrupts that are handled meanwhile are counted, too. To measure allocates nothing.
 */
export class Meter {
  /** An event happened 2^32 times or more: its number is that much too small, or a multiple of it. */
  wrapped: bool = false;
  private used: StaticArray<Counter | null> = new StaticArray<Counter | null>(QUANTITIES);
  private seen: StaticArray<u64> = new StaticArray<u64>(QUANTITIES);
  private own: StaticArray<u64> = new StaticArray<u64>(QUANTITIES);

  constructor(first: u32 = NONE, second: u32 = NONE, third: u32 = NONE) {
    ready();
    this.add(FIRST_COUNTER, INSTRUCTIONS);
    this.add(FIRST_COUNTER + 1, first);
    this.add(FIRST_COUNTER + 2, second);
    this.add(FIRST_COUNTER + 3, third);
    this.calibrate();
  }

  get cycles(): u64 {
    return this.less(CYCLES);
  }
  get instructions(): u64 {
    return this.less(FIRST_COUNTER);
  }
  /** The first of the chosen events is 0. */
  event(n: u32): u64 {
    return this.less(FIRST_COUNTER + 1 + n);
  }

  run(fn: () => void): void {
    let mask: u32 = 0;
    for (let i = FIRST_COUNTER; i < QUANTITIES; i++) {
      const counter = this.used[i];
      if (counter == null) continue;
      counter.set(0);
      mask |= counter.mask;
    }
    machine.run(mask);
    const before = machine.cycles();
    fn();
    const after = machine.cycles();
    machine.hold(mask);
    this.seen[CYCLES] = after - before;
    this.wrapped = (machine.overflows() & mask) != 0;
    for (let i = FIRST_COUNTER; i < QUANTITIES; i++) {
      const counter = this.used[i];
      if (counter != null) this.seen[i] = counter.count;
    }
  }

  /** Others may have its counters. What it has measured stays. */
  free(): void {
    for (let i = FIRST_COUNTER; i < QUANTITIES; i++) {
      const counter = this.used[i];
      if (counter != null) counter.free();
      this.used[i] = null;
    }
  }

  private add(i: u32, event: u32): void {
    if (event != NONE) this.used[i] = new Counter(event);
  }

  private calibrate(): void {
    for (let round: u32 = 0; round < CALIBRATIONS; round++) {
      this.run(nothing);
      for (let i: u32 = 0; i < QUANTITIES; i++)
        this.own[i] = round == 0 ? this.seen[i] : min<u64>(this.own[i], this.seen[i]);
    }
  }

  private less(i: u32): u64 {
    const seen = this.seen[i];
    const own = this.own[i];
    return seen > own ? seen - own : 0;
  }
}

/** Runs `fn` once and gives what a `Meter` tells of it. It takes the counters for as long as that lasts. */
export function measure(fn: () => void, first: u32 = NONE, second: u32 = NONE, third: u32 = NONE): Meter {
  const meter = new Meter(first, second, third);
  meter.run(fn);
  meter.free();
  return meter;
}

function nothing(): void {}

/** Turns this CPU's PMU on, once. */
function ready(): void {
  const byte = started() + jh.cpu_index();
  if (load<u8>(byte) != 0) return;
  if (counters() == 0) panic(`pmu: no counters: ${machine.missing()}`);
  machine.start();
  if (!machine.counts())
    panic("pmu: no counters: the hypervisor refuses to turn them on (it ignores writes to MSR 0x38f)");
  store<u8>(byte, 1);
}

function take(): u32 {
  const free = ctz(~taken);
  if (free >= counters())
    panic(`pmu: no counter is left: the cell may use ${counters()} of this CPU, and all are taken`);
  taken |= 1 << free;
  return free;
}
