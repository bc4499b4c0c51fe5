/** What is known here about a board. */
import type { TemplateName } from "./templates.ts";

/** What runs a program. */
export type Engine = "aot" | "wasm3";

export interface BoardRow {
  readonly name: string;
  /** What it is called in programs, as jh-inmate/config exports it: qemuArm64. */
  readonly variable: string;
  readonly title: string;
  readonly arch: string;
  /** `jh-inmate run` needs no hardware. */
  readonly emulated: boolean;
  /** Why there can be no project for it at all. */
  readonly unfit?: string;
  /** The cells that the templates get; without one the board lacks what the template needs. */
  readonly cells: Readonly<Partial<Record<TemplateName, CellChoice>>>;
}

/** Fields of `defineCell`. */
export interface CellChoice {
  readonly extend: string;
  readonly cpus?: readonly number[];
  /** More than the stock cell's. */
  readonly ram?: string;
  /** The cell at the other end of the link. */
  readonly peer?: PeerChoice;
}

export interface PeerChoice {
  readonly cpus: readonly number[];
  /** Physical address of 1 MiB that no stock cell for inmates has. */
  readonly ram: number;
  /** The memory of the link; the first cell is peer 1, this one peer 2. */
  readonly link: Readonly<Record<string, string | number>>;
  /** Arm: the interrupt of the device's pin. */
  readonly pin?: number;
}
