/**
 * The AXI performance monitor at the ports of ZynqMP's DDR controller (UG1087, module APM_DDR; PG037, Register Space), counting what the model
 * sees: the CPUs' traffic, on their two ports. Of the metrics it has transactions and bytes.
 */
import type { Dram, Traffic } from "./dram.ts";

const REGISTER = {
  globalClockHigh: 0x0,
  globalClockLow: 0x4,
  sampleControl: 0x28,
  sample: 0x2c,
  selectors: 0x44,
  counters: 0x100,
  sampled: 0x200,
  control: 0x300,
} as const;
/** Bytes from one counter to the next. */
const STEP = 0x10;
const COUNTERS = 10;
const COUNT = { enable: 1 << 0, reset: 1 << 1 } as const;
const CLOCK = { enable: 1 << 16, reset: 1 << 17 } as const;
const RESET_ON_SAMPLE = 1;

/** By metric, 0 to 3 (PG037, table of metric selectors). */
const METRICS: readonly (keyof Traffic)[] = ["writes", "reads", "writtenBytes", "readBytes"];

/** The DDR controller's ports that are the CPUs', of six (UG1085, DDR Memory Controller). */
const FIRST_CPU_SLOT = 1;

export class Apm {
  readonly #dram: Dram;
  readonly #MHz: number;
  readonly #registers = new Map<number, number>();
  readonly #counters = Array.from({ length: COUNTERS }, () => ({ count: 0, since: 0, sampled: 0 }));
  #control = 0;
  #clock = { ns: 0, since: 0 };

  constructor(dram: Dram, MHz: number) {
    this.#dram = dram;
    this.#MHz = MHz;
  }

  read(offset: number, time: number): number {
    if (offset === REGISTER.globalClockLow) return this.#cycles(time) % 2 ** 32;
    if (offset === REGISTER.globalClockHigh) return Math.floor(this.#cycles(time) / 2 ** 32);
    if (offset === REGISTER.control) return this.#control;
    if (offset === REGISTER.sample) this.#sample();
    const [live, sampled] = [REGISTER.counters, REGISTER.sampled].map((first) => this.#counterAt(offset - first));
    if (live !== undefined) return this.#count(live) % 2 ** 32;
    if (sampled !== undefined) return this.#counters[sampled]!.sampled % 2 ** 32;
    return this.#registers.get(offset) ?? 0;
  }

  write(offset: number, value: number, time: number): void {
    this.#hold(time);
    if (offset === REGISTER.control) {
      if (value & COUNT.reset) for (const counter of this.#counters) counter.count = 0;
      if (value & CLOCK.reset) this.#clock.ns = 0;
      this.#control = value;
    } else this.#registers.set(offset, value >>> 0);
    // From here on by what is set now.
    for (const [n, counter] of this.#counters.entries()) counter.since = this.#source(n);
  }

  /** All counters at once go to the sampled ones. */
  #sample(): void {
    for (const [n, counter] of this.#counters.entries()) {
      counter.sampled = this.#count(n);
      if ((this.#registers.get(REGISTER.sampleControl) ?? 0) & RESET_ON_SAMPLE) {
        counter.count = 0;
        counter.since = this.#source(n);
      }
    }
  }

  /** What has been counted by now is kept. */
  #hold(time: number): void {
    for (const [n, counter] of this.#counters.entries()) counter.count = this.#count(n);
    if (this.#control & CLOCK.enable) this.#clock.ns += time - this.#clock.since;
    this.#clock.since = time;
  }

  #count(n: number): number {
    const { count, since } = this.#counters[n]!;
    return this.#control & COUNT.enable ? count + this.#source(n) - since : count;
  }

  /** Of the metric and the slot that the counter is set to, since the board's start. */
  #source(n: number): number {
    const selector = (this.#registers.get(REGISTER.selectors + (n & ~3)) ?? 0) >>> ((n & 3) * 8);
    const metric = METRICS[selector & 0x1f];
    const port = ((selector >> 5) & 7) - FIRST_CPU_SLOT;
    if (metric === undefined || port < 0 || port >= this.#dram.bank.ports) return 0;
    return this.#dram.traffic(() => true, port)[metric];
  }

  #cycles(time: number): number {
    const { ns, since } = this.#clock;
    const total = this.#control & CLOCK.enable ? ns + time - since : ns;
    return Math.floor((total * this.#MHz) / 1000);
  }

  #counterAt(offset: number): number | undefined {
    const n = offset / STEP;
    return Number.isInteger(n) && n >= 0 && n < COUNTERS ? n : undefined;
  }
}
