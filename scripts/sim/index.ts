/** Simulated cells ("jh-inmate/sim"). Runs in Node and in a browser. */
export type { CellState } from "../cell-state.ts";

import { type ProgramInput, programOf } from "./program.ts";
import { Simulator, type SimulatorOptions } from "./simulator.ts";

export type { CellMemory } from "./cell-memory.ts";
export type { Message, Reply } from "./comm-region.ts";
export { type Coverage, merged } from "./coverage.ts";
export type { DisturbanceOptions, Injection } from "./disturbances.ts";
export type { Counts as MemoryCounts } from "./memory-system/core.ts";
export { describeModel } from "./memory-system/description.ts";
export { type MemoryOptions, type MemoryParameters, memoryParameters } from "./memory-system/parameters.ts";
export type { Program } from "./module/prepare.ts";
export { type ProgramInput, programOf } from "./program.ts";
export { Simulator, type SimulatorOptions } from "./simulator.ts";
export type { TraceEvent } from "./trace.ts";

/** From a .wasm as `build` leaves it. The copy of it that runs takes a moment to make: `programOf` makes one for many. */
export async function simulatorOf(input: ProgramInput & Omit<SimulatorOptions, "program">): Promise<Simulator> {
  return new Simulator({ ...input, program: await programOf(input) });
}
