/**
 * The profiling registers of an MMDC (S32V234 Reference Manual, Multi Mode DDR Controller; i.MX 6Dual/6Quad Reference Manual, 44.12.63 to
 * 44.12.70), counting what the model sees. Totals have 32 bits and wrap.
 */
import { type Dram, noTraffic, type Traffic } from "./dram.ts";

const REGISTER = {
  control: 0x410,
  filter: 0x414,
  totalCycles: 0x418,
  busyCycles: 0x41c,
  reads: 0x420,
  writes: 0x424,
  readBytes: 0x428,
  writtenBytes: 0x42c,
} as const;
/** MADPCR0. */
const [ENABLE, RESET] = [1, 2];

/** Assumption: the AXI ID of a CPU. The stock tool's filter, 0x2000 in the bits 0xe007, sees all of them; 0x38 more tell them apart. */
export const axiIdOf = (cpu: number) => 0x2000 | (cpu << 3);

interface Totals extends Traffic {
  time: number;
  busy: number;
}

export class Mmdc {
  readonly #dram: Dram;
  readonly #MHz: number;
  #control = 0;
  #filter = 0;
  /** Counted while it was enabled; and where the sources stood when it was enabled last. */
  #counted: Totals = { ...noTraffic(), time: 0, busy: 0 };
  #since: Totals | undefined;

  constructor(dram: Dram, MHz: number) {
    this.#dram = dram;
    this.#MHz = MHz;
  }

  read(offset: number, time: number): number {
    if (offset === REGISTER.control) return this.#control;
    if (offset === REGISTER.filter) return this.#filter >>> 0;
    const totals = this.#totals(time);
    if (offset === REGISTER.totalCycles) return this.#cycles(totals.time);
    if (offset === REGISTER.busyCycles) return this.#cycles(Math.min(totals.busy, totals.time));
    for (const name of ["reads", "writes", "readBytes", "writtenBytes"] as const)
      if (offset === REGISTER[name]) return totals[name] % 2 ** 32;
    return 0;
  }

  write(offset: number, value: number, time: number): void {
    if (offset !== REGISTER.control && offset !== REGISTER.filter) return;
    this.#counted = this.#totals(time);
    if (offset === REGISTER.filter) this.#filter = value;
    else {
      if (value & RESET) this.#counted = { ...noTraffic(), time: 0, busy: 0 };
      this.#control = value & (ENABLE | RESET);
    }
    this.#since = (this.#control & ENABLE) !== 0 ? this.#now(time) : undefined;
  }

  #totals(time: number): Totals {
    const totals = { ...this.#counted };
    if (!this.#since) return totals;
    const now = this.#now(time);
    for (const name of Object.keys(totals) as (keyof Totals)[]) totals[name] += now[name] - this.#since[name];
    return totals;
  }

  #now(time: number): Totals {
    const [mask, id] = [this.#filter >>> 16, this.#filter & 0xffff];
    const counts = (cpu: number) => (axiIdOf(cpu) & mask) === (id & mask);
    return { ...this.#dram.traffic(counts), time, busy: this.#dram.busy };
  }

  #cycles(ns: number): number {
    return Math.floor((ns * this.#MHz) / 1000) % 2 ** 32;
  }
}
