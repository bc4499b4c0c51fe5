/**
 * What is compared: C, and TypeScript with either handling of loads whose value nobody uses ("fast" is what a build makes unless it is told
 * otherwise), and with bounds checks on all arrays.
 */
export const COMPILED_SIDES = ["c", "fast", "precise", "checked"] as const;
export type CompiledSide = (typeof COMPILED_SIDES)[number];
/** And the module of "fast" interpreted. */
export const SIDES = [...COMPILED_SIDES, "wasm3"] as const;
export type Side = (typeof SIDES)[number];

export const definesOf = (side: CompiledSide): Readonly<Record<string, number>> =>
  side === "precise" ? { PRECISE_TRAPS: 1 } : {};

/** Of a kernel: instructions or nanoseconds of a run, and what it computed. */
export interface Measured {
  readonly figure: number;
  readonly checksum: number;
}
export type Figures = ReadonlyMap<string, Measured>;
