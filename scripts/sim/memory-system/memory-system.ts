/**
 * The caches and the DRAM that the cells of a board share: what an access costs, and what it is counted as. A model: simple enough to be foretold,
 * not a board (docs/memory-model.md).
 */
import { Cache } from "./cache.ts";
import { Core } from "./core.ts";
import { Dram } from "./dram.ts";
import { monitorsOf, type PlacedMonitor } from "./monitors.ts";
import type { MemoryParameters } from "./parameters.ts";

/** ns for which two CPUs are taken to compete after both have missed their L1 within that time. */
const COMPETITION = 1_000_000;

export class MemorySystem {
  readonly parameters: MemoryParameters;
  readonly drams: readonly Dram[];
  readonly monitors: readonly PlacedMonitor[];
  readonly #l2s = new Map<number, Cache>();
  #last: Core | undefined;
  #lastMiss = Number.NEGATIVE_INFINITY;
  #competitionEnds = Number.NEGATIVE_INFINITY;

  constructor(parameters: MemoryParameters) {
    this.parameters = parameters;
    const { banks, monitors, dram } = parameters;
    this.drams = banks.map((bank) => new Dram(bank, dram));
    this.monitors = monitorsOf(monitors, this.drams, dram.MHz);
  }

  /** A CPU of the board, by its number there. */
  core(number: number): Core {
    const { l2, line, cpusPerL2 } = this.parameters;
    const cluster = Math.floor(number / cpusPerL2);
    const cache = this.#l2s.get(cluster) ?? new Cache(l2, line);
    this.#l2s.set(cluster, cache);
    return new Core(this, number, cache);
  }

  dramOf(address: number): Dram {
    const { drams } = this;
    for (const dram of drams)
      if (address >= dram.bank.address && address < dram.bank.address + dram.bank.size) return dram;
    return drams[0] as Dram;
  }

  /** An access goes beyond a core's L1. */
  missed(core: Core, time: number): void {
    if (core !== this.#last) {
      if (time - this.#lastMiss < COMPETITION) this.#competitionEnds = time + COMPETITION;
      this.#last = core;
    }
    if (time > this.#lastMiss) this.#lastMiss = time;
  }

  /** Whether CPUs compete for what they share: then they must go on in the order of their times. */
  competes(time: number): boolean {
    return time < this.#competitionEnds;
  }
}
