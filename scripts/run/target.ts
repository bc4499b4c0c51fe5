import type { Board, CellConfig, FormatName } from "../../boards/index.ts";
import type { CellState } from "../cell-state.ts";
import type { NamedModule } from "../pipeline/wasm3/debug-file.ts";
import type { GdbServer } from "./gdb-server.ts";

/** Something that is loaded before a cell starts. */
export interface LoadedImage {
  address: bigint;
  bytes: Uint8Array;
  /** Its name; without one it is a string, which ends with a NUL. The first image is NAME.bin unless it says otherwise. */
  file?: string;
}

/** One cell to run: its configuration and what is loaded into it. */
export interface CellJob {
  /** The inmate's name, the NAME of NAME.bin. */
  name: string;
  board: Board;
  cell: CellConfig;
  /** The encoded .cell file, and its format. */
  cellFile: Uint8Array;
  format?: FormatName;
  /** What is loaded, at cell addresses: the program, of one file or of two, and a command line if one is given. */
  images: LoadedImage[];
  /** Path of the ELF file whose line table names the addresses of fault reports. */
  elf?: string;
  /** In a job for wasm3: the module whose offsets are the addresses of fault reports. */
  module?: NamedModule;
}

export interface RunOptions {
  /**
   * What cells find: Jailhouse, or its real-time fork, where FP and SIMD are off at the start, and which has hypercalls 10 to 12. By default the
   * one whose format the cells' files have.
   */
  entry?: "mainline" | "rt";
  /** Stop after this many seconds on the inmate's clock. */
  seconds?: number;
  /** Ask every cell to shut down after this many seconds on the inmate's clock; one that refuses is asked again after as many. */
  shutdownAfter?: number;
  /** x86: the APIC's timer has a TSC-deadline mode, as Intel's CPUs have it, and CPUID says so. */
  tscDeadline?: boolean;
  /** Count instructions instead of time, so that every run prints the same. */
  icount?: boolean;
  /** A debugger decides when the cell runs. */
  gdb?: GdbServer;
}

/** How a run ended. */
export interface Outcome {
  /** The last state of each cell, in the order of the jobs. */
  states: CellState[];
  /** For each job the CPUs that the hypervisor has stopped; where nothing is said about it, none. */
  parked?: readonly (readonly number[])[];
  /** A cell answered a shutdown request with a refusal. */
  refusedShutdown?: boolean;
  /** The cells have been left as they are. */
  left?: boolean;
  /** The target's own lines for stderr: a report of a violation, what a command ended with. */
  notes: string[];
}

/** Cells that are running. */
export interface RunningTarget {
  /** Console output as it arrives; `cell` is an index into the jobs. Nothing is lost that came before the call. */
  onOutput(listener: (cell: number, bytes: Uint8Array) => void): void;
  /** The target's own lines as they come, those from before the call too; `Outcome.notes` repeats them. */
  onNote?(listener: (line: string) => void): void;
  /** All cells write to one console: what arrives is called cell 0's, whosever it is. */
  readonly sharedConsole?: boolean;
  /** Asks the cells to shut down; they may refuse. */
  requestShutdown(): void;
  /** Ends the run at once. */
  stop(): void;
  /** Resolves when the run has ended and all output has been delivered. */
  done: Promise<Outcome>;
}

/** Where cells run. */
export interface Target {
  start(jobs: CellJob[], options: RunOptions): Promise<RunningTarget>;
}
