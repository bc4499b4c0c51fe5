/** The simulated target: cells in virtual time, in this process. */
import { Simulator } from "../sim/simulator.ts";
import type { SimJob } from "./sim-jobs.ts";
import type { CellJob, Outcome, RunningTarget, RunOptions, Target } from "./target.ts";

export const simTarget: Target = {
  start: async (jobs, options) => new SimRun(jobs as (CellJob & SimJob)[], options),
};

const MS = 1e3;
/** Virtual seconds of the first slice; then as many as take about this many milliseconds here. */
const FIRST_SLICE = 0.01;
const SLICE_MS = 50;
/** Without an end virtual time keeps pace with this machine's: so often a second, and never further behind than this. */
const PACE_MS = 20;

class SimRun implements RunningTarget {
  readonly done: Promise<Outcome>;
  readonly #options: RunOptions;
  readonly #cells: readonly Simulator[];
  readonly #outputListeners: ((cell: number, bytes: Uint8Array) => void)[] = [];
  readonly #noteListeners: ((line: string) => void)[] = [];
  readonly #notes: string[] = [];
  #stopped = false;
  #asked = false;
  /** It was said that times of memory accesses are a model's. */
  #saidModel = false;

  constructor(jobs: readonly SimJob[], options: RunOptions) {
    this.#options = options;
    this.#cells = jobs.map(
      ({ program, board, cell, format, args }) => new Simulator({ program, board, cell, format, args }),
    );
    for (const other of this.#cells.slice(1)) this.#cells[0]?.link(other);
    // Who listens does so before the first turn.
    this.done = new Promise((resolve, reject) => setImmediate(() => this.#run().then(resolve, reject)));
  }

  onOutput(listener: (cell: number, bytes: Uint8Array) => void): void {
    this.#outputListeners.push(listener);
  }

  onNote(listener: (line: string) => void): void {
    this.#noteListeners.push(listener);
    for (const line of this.#notes) listener(line);
  }

  requestShutdown(): void {
    this.#asked = true;
  }

  stop(): void {
    this.#stopped = true;
  }

  async #run(): Promise<Outcome> {
    const { seconds = Number.POSITIVE_INFINITY } = this.#options;
    const { shutdownAfter: patience = Number.POSITIVE_INFINITY } = this.#options;
    let shutdownAfter = patience;
    const began = performance.now();
    let slice = FIRST_SLICE;
    while (!this.#stopped && this.#seconds < seconds && !this.#cells.every(({ hasEnded }) => hasEnded)) {
      if (this.#asked || this.#seconds >= shutdownAfter) {
        // A cell that refuses is asked again.
        if (this.#seconds >= shutdownAfter) shutdownAfter += patience;
        this.#asked = false;
        for (const cell of this.#cells) cell.send("shutdown");
      }
      const turn = performance.now();
      const pace = this.#isPaced ? (turn - began) / MS : Number.POSITIVE_INFINITY;
      const until = Math.min(this.#seconds + slice, seconds, shutdownAfter, pace);
      this.#cells[0]?.advance((until - this.#seconds) * MS);
      this.#deliver();
      const took = performance.now() - turn;
      slice *= took > 2 * SLICE_MS ? 0.5 : took < SLICE_MS ? 2 : 1;
      await new Promise((resolve) => (this.#isPaced ? setTimeout(resolve, PACE_MS) : setImmediate(resolve)));
    }
    return {
      states: this.#cells.map(({ state }) => state),
      parked: this.#cells.map(({ parked }) => parked),
      notes: this.#notes,
      ...(this.#cells.some(({ reply }) => reply === "refused") ? { refusedShutdown: true } : {}),
    };
  }

  get #seconds(): number {
    return (this.#cells[0]?.now ?? 0) / MS;
  }

  /** An endless program that nobody limits would fill a disk in virtual time. */
  get #isPaced(): boolean {
    return this.#options.seconds === undefined;
  }

  #deliver(): void {
    for (const [i, cell] of this.#cells.entries()) {
      const bytes = cell.takeOutput();
      if (bytes.length > 0) for (const listener of this.#outputListeners) listener(i, bytes);
      for (const line of cell.takeNotes()) this.#note(line);
    }
    if (!this.#saidModel && this.#cells.some(({ usesMemory }) => usesMemory)) {
      this.#saidModel = true;
      this.#note(this.#cells[0]?.memoryModel.join("; ") ?? "");
    }
  }

  #note(line: string): void {
    this.#notes.push(line);
    for (const listener of this.#noteListeners) listener(line);
  }
}
