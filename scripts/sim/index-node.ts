/** "jh-inmate/sim" in Node: besides the simulator, how it gets a project's program. */
import { buildProgram } from "./build-node.ts";
import { remember } from "./coverage-node.ts";
import { Simulator, type SimulatorOptions } from "./simulator.ts";

export * from "./index.ts";

export interface SimulateOptions extends Omit<SimulatorOptions, "program" | "board" | "cell" | "format"> {
  /** As `run --board` and `--cell`. */
  readonly board?: string;
  readonly cell?: string;
}

/** Builds a project's folder or the file of a module, .wasm or .wat, as far as no C compiler is needed, and starts it. */
export async function simulate(source: string, options: SimulateOptions = {}): Promise<Simulator> {
  const { board: boardName, cell: cellName, ...rest } = options;
  const { program, board, cell, format, dir } = await buildProgram({ source, board: boardName, cell: cellName });
  const simulator = new Simulator({ ...rest, program, board, cell, format });
  remember(simulator, dir);
  return simulator;
}
