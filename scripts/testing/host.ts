/** What runs the cells of a test: the simulator, or cellbox. */
import type { CellState } from "../cell-state.ts";
import type { Simulator } from "../sim/simulator.ts";
import type { CellConsole } from "./console.ts";

/** How long a console must be quiet before an unfinished line is taken for a prompt. Milliseconds. */
export const QUIET = 100;

export type TargetName = "sim" | "cellbox";

/** Of one cell, as it is now. */
export interface CellView {
  /** The program's. */
  readonly name: string;
  readonly console: CellConsole;
  readonly state: CellState;
  /** The target's own lines about it: reports of violations, answers to a shutdown request. */
  readonly notes: readonly string[];
  /** Where it is simulated. */
  readonly simulator?: Simulator;
}

/** An answer to a shutdown request. */
export type Reply = "accepted" | "refused";

/** Cells that run together. Times are milliseconds on their clock. */
export interface Host {
  readonly target: TargetName;
  /** In the order of the folders that were started. */
  readonly cells: readonly CellView[];
  /**
   * Lets time pass until `found` gives something; undefined when it is over or the cell has ended and will print no more. `quiet`, which `found` is
   * told: the cell prints nothing for now.
   */
  until<T>(cell: number, found: (quiet: boolean) => T | undefined, time: number): Promise<T | undefined>;
  advance(time: number): Promise<void>;
  /** Undefined: no answer in that time. */
  shutdown(cell: number, time: number): Promise<Reply | undefined>;
  /** Ends all cells; does nothing when they have ended. */
  stop(): Promise<void>;
}

export function hasEnded(state: CellState): boolean {
  return !state.startsWith("running");
}
