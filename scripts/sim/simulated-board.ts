/** What cells side by side have in common, and their time: what one does reaches the others soon. */
import type { Engine } from "./engine.ts";
import { BoardMemory } from "./memory.ts";
import { Links } from "./pci/link.ts";

/** ns by which a cell may be ahead of another. */
const STEP = 50_000;

export class SimulatedBoard {
  readonly memory = new BoardMemory();
  readonly links = new Links();
  readonly #engines: Engine[] = [];
  #time = 0;

  /** ns since the first cell was started. */
  get time(): number {
    return this.#time;
  }

  add(engine: Engine): void {
    this.#engines.push(engine);
  }

  /** All cells up to this time. */
  advance(end: number): void {
    const [only, ...more] = this.#engines;
    if (more.length === 0) only?.advance(end);
    while (more.length > 0 && this.#time < end) {
      // Where nothing happens in between, no step is needed.
      const next = Math.min(...this.#engines.map(({ nextActivity }) => nextActivity));
      this.#time = Math.min(end, Math.max(this.#time, next) + STEP);
      for (const engine of this.#engines) engine.advance(this.#time);
    }
    this.#time = Math.max(this.#time, end);
  }
}
