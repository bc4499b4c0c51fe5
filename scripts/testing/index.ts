/** `jh-inmate/test`: inmates under test, in the simulator or in cellbox. */
export type { CellState } from "../cell-state.ts";
export type { DisturbanceOptions, Injection } from "../sim/disturbances.ts";
export type { MemoryOptions } from "../sim/memory-system/parameters.ts";
export type { Reply, TargetName } from "./host.ts";
export { Inmate, type Waiting } from "./inmate.ts";
export { type Source, type StartOptions, startInmate, startInmates } from "./start.ts";
