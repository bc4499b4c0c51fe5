/**
 * A DRAM controller: it serves one request after the other, each for as long as its bytes take at the controller's rate. What comes while it is
 * busy waits. Then the answer takes the latency, give or take the spread: rows are open or closed, and without it programs in lockstep would
 * never or always meet. CPUs run ahead of each other by some ns, so a request may come in that is older than one that has been served; it gets
 * the first gap from its own time on that is wide enough.
 */
import type { Bank } from "./banks.ts";
import type { MemoryParameters } from "./parameters.ts";

/** Spans of time that are kept; the older ones are over for everybody. */
const MOST_SPANS = 4096;

/** What has gone over a port, in either direction. */
export interface Traffic {
  reads: number;
  writes: number;
  readBytes: number;
  writtenBytes: number;
}

export function noTraffic(): Traffic {
  return { reads: 0, writes: 0, readBytes: 0, writtenBytes: 0 };
}

export class Dram {
  readonly bank: Bank;
  /** ns for which it has been busy. */
  busy = 0;
  readonly #timing: MemoryParameters["dram"];
  #random = 1;
  /** Spans in which it is busy, in their order; they do not touch. */
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  /** By CPU of the board, then by port. */
  readonly #traffic = new Map<number, Traffic[]>();

  constructor(bank: Bank, timing: MemoryParameters["dram"]) {
    this.bank = bank;
    this.#timing = timing;
  }

  /** A request that comes at `time`: when it is answered. */
  request(cpu: number, address: number, bytes: number, write: boolean, time: number): number {
    const traffic = this.#trafficOf(cpu)[Math.floor(address / this.bank.interleave) % this.bank.ports] as Traffic;
    if (write) {
      traffic.writes++;
      traffic.writtenBytes += bytes;
    } else {
      traffic.reads++;
      traffic.readBytes += bytes;
    }
    const length = bytes / this.#timing.bandwidth;
    this.busy += length;
    return this.#reserve(time, length) + this.#latency();
  }

  /** The same sequence on every run (Park, Miller, Stockmeyer, Communications of the ACM 36, 1993). */
  #latency(): number {
    const { latency, spread } = this.#timing;
    this.#random = (this.#random * 48271) % 2147483647;
    return latency * (1 + spread * ((2 * this.#random) / 2147483647 - 1));
  }

  /** Of a port, or of all of them; of the CPUs for which `counts` holds. */
  traffic(counts: (cpu: number) => boolean, port?: number): Traffic {
    const sum = noTraffic();
    for (const [cpu, ports] of this.#traffic) {
      if (!counts(cpu)) continue;
      for (const each of port === undefined ? ports : [ports[port] ?? noTraffic()])
        for (const name of Object.keys(sum) as (keyof Traffic)[]) sum[name] += each[name];
    }
    return sum;
  }

  #trafficOf(cpu: number): Traffic[] {
    const ports = this.#traffic.get(cpu) ?? Array.from({ length: this.bank.ports }, noTraffic);
    this.#traffic.set(cpu, ports);
    return ports;
  }

  #reserve(time: number, length: number): number {
    const [starts, ends] = [this.#starts, this.#ends];
    // The first span that ends behind the time: most often it is among the last.
    let at = ends.length;
    while (at > 0 && (ends[at - 1] as number) >= time) at--;
    let start = time;
    while (at < starts.length && (starts[at] as number) < start + length) start = Math.max(start, ends[at++] as number);
    this.#insert(at, start, start + length);
    return start;
  }

  /** Before the span `at`; spans that then touch become one. */
  #insert(at: number, start: number, end: number): void {
    const [starts, ends] = [this.#starts, this.#ends];
    const joinsBefore = at > 0 && ends[at - 1] === start;
    const joinsBehind = at < starts.length && starts[at] === end;
    if (joinsBefore && joinsBehind) {
      ends[at - 1] = ends[at] as number;
      starts.splice(at, 1);
      ends.splice(at, 1);
    } else if (joinsBefore) ends[at - 1] = end;
    else if (joinsBehind) starts[at] = start;
    else {
      starts.splice(at, 0, start);
      ends.splice(at, 0, end);
      if (starts.length > MOST_SPANS) {
        starts.splice(0, MOST_SPANS / 2);
        ends.splice(0, MOST_SPANS / 2);
      }
    }
  }
}
