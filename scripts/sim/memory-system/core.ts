/**
 * A CPU's way to memory: its L1, the L2 of its cluster, the DRAM. An access that the L1 has takes no time of its own. One that it has not brings
 * the line in; the CPU waits for it, unless it is a store or the prefetcher has seen it coming: then it goes on, and waits only when it
 * has as many lines to wait for as it can.
 */
import { Cache } from "./cache.ts";
import type { MemorySystem } from "./memory-system.ts";
import { Streams } from "./streams.ts";

/** What has happened so far. */
export interface Counts {
  /** Lines that the L1 has fetched, and dirty ones that it has given to the L2. */
  l1Refills: number;
  l1Writebacks: number;
  /** Look-ups of the L2, lines that it has fetched from the DRAM for this CPU, and dirty ones written back to make room. */
  l2Accesses: number;
  l2Refills: number;
  l2Writebacks: number;
  /** Transactions with the DRAM, and their bytes. */
  busReads: number;
  busWrites: number;
  readBytes: number;
  writtenBytes: number;
}

/** Looks at each access that the L1 has not answered; gives when the CPU may go on, at the earliest `time`. */
export type Watcher = (time: number) => number;

export class Core {
  /** Of the board. */
  readonly number: number;
  readonly counts: Counts = {
    ...{ l1Refills: 0, l1Writebacks: 0, l2Accesses: 0, l2Refills: 0, l2Writebacks: 0 },
    ...{ busReads: 0, busWrites: 0, readBytes: 0, writtenBytes: 0 },
  };
  watch: Watcher = (time) => time;
  readonly #system: MemorySystem;
  readonly #l1: Cache;
  readonly #l2: Cache;
  readonly #streams: Streams;
  readonly #line: number;
  /** When the requests in flight are answered; one at least is in the past whenever the CPU runs. */
  readonly #pending: Float64Array;

  constructor(system: MemorySystem, number: number, l2: Cache) {
    const { l1, line, outstanding, streams } = system.parameters;
    this.#system = system;
    this.number = number;
    this.#line = line;
    this.#l1 = new Cache(l1, line);
    this.#l2 = l2;
    this.#streams = new Streams(streams);
    this.#pending = new Float64Array(outstanding);
  }

  /** A load or store of normal memory at `time`: when the CPU goes on. */
  access(address: number, write: boolean, time: number): number {
    const line = Math.floor(address / this.#line);
    if (this.#l1.touch(line, write)) return time;
    this.#system.missed(this, time);
    this.counts.l1Refills++;
    const done = this.#fetch(line, time);
    const victim = this.#l1.fill(line, write);
    if (victim !== undefined) this.#writeBack(victim, time);
    const isForeseen = this.#streams.follows(line);
    return this.watch(this.#goOn(time, done, write || isForeseen));
  }

  /** Of device memory, as regions with the flag "io" are: by itself, past the caches. Loads wait. */
  accessUncached(address: number, bytes: number, write: boolean, time: number): number {
    this.#system.missed(this, time);
    return this.watch(this.#goOn(time, this.#request(address, bytes, write, time), write));
  }

  /**
   * With the answer, or, where nobody waits for it, as soon as there is room for another request. So each request is made at the CPU's own time,
   * and none is booked ahead of those of other CPUs.
   */
  #goOn(time: number, done: number, overlaps: boolean): number {
    const pending = this.#pending;
    pending[this.#firstPending()] = done;
    return overlaps ? Math.max(time, pending[this.#firstPending()] as number) : done;
  }

  /** From the L2 or the DRAM: when it is there. */
  #fetch(line: number, start: number): number {
    const { l2 } = this.#system.parameters;
    this.counts.l2Accesses++;
    if (this.#l2.touch(line, false)) return start + l2.latency;
    this.counts.l2Refills++;
    const done = this.#request(line * this.#line, this.#line, false, start);
    this.#allocate(line, false, start);
    return done;
  }

  /** The L1's victim goes to the L2. */
  #writeBack(line: number, start: number): void {
    this.counts.l1Writebacks++;
    this.counts.l2Accesses++;
    if (!this.#l2.touch(line, true)) this.#allocate(line, true, start);
  }

  /** Nobody waits for what the L2 writes back, but it takes the DRAM's time. */
  #allocate(line: number, write: boolean, start: number): void {
    const victim = this.#l2.fill(line, write);
    if (victim === undefined) return;
    this.counts.l2Writebacks++;
    this.#request(victim * this.#line, this.#line, true, start);
  }

  #request(address: number, bytes: number, write: boolean, time: number): number {
    const { counts } = this;
    if (write) {
      counts.busWrites++;
      counts.writtenBytes += bytes;
    } else {
      counts.busReads++;
      counts.readBytes += bytes;
    }
    return this.#system.dramOf(address).request(this.number, address, bytes, write, time);
  }

  /** Which of them is answered first, or was: its place is free then. */
  #firstPending(): number {
    let first = 0;
    for (let i = 1; i < this.#pending.length; i++)
      if ((this.#pending[i] as number) < (this.#pending[first] as number)) first = i;
    return first;
  }
}
