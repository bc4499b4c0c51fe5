/** What is compared: C, and TypeScript with either handling of loads whose value nobody uses. */
export const SIDES = ["c", "fast", "precise"] as const;
export type Side = (typeof SIDES)[number];

export const definesOf = (side: Side): Readonly<Record<string, number>> =>
  side === "precise" ? { PRECISE_TRAPS: 1 } : {};

/** By kernel: instructions or nanoseconds of a run, and what it computed. */
export type Measured = Map<string, { readonly figure: number; readonly checksum: number }>;
