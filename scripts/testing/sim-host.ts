/** Cells of a test in the simulator: virtual time, which passes only while a test waits for it. */

import { resolve } from "node:path";
import type { CellState } from "../cell-state.ts";
import type { SimJob } from "../run/sim-jobs.ts";
import { remember } from "../sim/coverage-node.ts";
import type { DisturbanceOptions } from "../sim/disturbances.ts";
import { Simulator, type SimulatorOptions } from "../sim/simulator.ts";
import { CellConsole } from "./console.ts";
import { type CellView, type Host, QUIET, type Reply } from "./host.ts";

/** How exactly the end of a wait is found, milliseconds of virtual time. */
const STEP = 1;
/** So often the test runner gets its turn, milliseconds here. */
const TURN = 50;

/** What a test may want of a simulated cell. */
export type SimOptions = DisturbanceOptions & Pick<SimulatorOptions, "memory">;

class SimCell implements CellView {
  readonly name: string;
  readonly console = new CellConsole();
  readonly simulator: Simulator;
  readonly notes: string[] = [];
  /** Virtual time of the last output. */
  lastOutput = 0;

  constructor({ name, program, board, cell, format, args, dir }: SimJob, options: SimOptions) {
    this.name = name;
    const own = { program, board, cell, args, ...(format === undefined ? {} : { format }) };
    this.simulator = new Simulator({ ...own, ...options });
    remember(this.simulator, resolve(dir));
  }

  get state(): CellState {
    return this.simulator.state;
  }

  take(): void {
    const bytes = this.simulator.takeOutput();
    this.notes.push(...this.simulator.takeNotes());
    if (bytes.length === 0) return;
    this.console.push(bytes);
    this.lastOutput = this.simulator.now;
  }
}

export class SimHost implements Host {
  readonly target = "sim";
  readonly cells: readonly SimCell[];
  #stopped = false;

  constructor(jobs: readonly (readonly [SimJob, SimOptions])[]) {
    this.cells = jobs.map(([job, options]) => new SimCell(job, options));
    const [first, ...others] = this.cells;
    for (const { simulator } of others) first?.simulator.link(simulator);
  }

  async until<T>(index: number, found: (quiet: boolean) => T | undefined, time: number): Promise<T | undefined> {
    const cell = this.#cell(index);
    const look = () => {
      const { hasEnded, now } = cell.simulator;
      const value = found(hasEnded || now - cell.lastOutput >= QUIET);
      return value === undefined && !hasEnded ? undefined : { value };
    };
    return (await this.#pass(time, look))?.value;
  }

  async advance(time: number): Promise<void> {
    await this.#pass(time, () => undefined);
  }

  async shutdown(index: number, time: number): Promise<Reply | undefined> {
    const { simulator } = this.#cell(index);
    simulator.send("shutdown");
    await this.#pass(time, () => simulator.hasEnded || simulator.reply !== undefined || undefined);
    if (simulator.state === "shut down") return "accepted";
    return simulator.reply === "refused" ? "refused" : undefined;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
  }

  /** Lets time pass until `look` gives something. */
  async #pass<T>(time: number, look: () => T | undefined): Promise<T | undefined> {
    const end = this.#now + time;
    let turn = performance.now();
    for (;;) {
      for (const cell of this.cells) cell.take();
      const result = look();
      if (result !== undefined || this.#stopped || this.#now >= end) return result;
      // The others are linked with it and go on together.
      this.#cell(0).simulator.advance(Math.min(STEP, end - this.#now));
      if (performance.now() - turn > TURN) {
        await new Promise((resolve) => setImmediate(resolve));
        turn = performance.now();
      }
    }
  }

  get #now(): number {
    return this.#cell(0).simulator.now;
  }

  #cell(index: number): SimCell {
    const cell = this.cells[index];
    if (!cell) throw new Error(`no cell ${index}`);
    return cell;
  }
}
