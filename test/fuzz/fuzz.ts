/** Rounds of differential fuzzing: some subjects by seed, on all engines at once. */
import { cellEngines } from "./cell.ts";
import { type Disagreement, disagreements } from "./compare.ts";
import { hostEngine, wasm3Host } from "./host.ts";
import type { Variant } from "./native.ts";
import { randomScript } from "./script.ts";
import type { Engine, Subject } from "./subject.ts";
import { randomModule } from "./ttf.ts";

/** How the compiled engine compiles. Each round has the next one. */
export const VARIANTS = {
  precise: { optimize: "speed", traps: "precise" },
  small: { optimize: "size", traps: "precise" },
  fast: { optimize: "speed", traps: "fast" },
} as const satisfies Record<string, Variant>;
export type VariantName = keyof typeof VARIANTS;

/** One of ten has instructions that AssemblyScript never writes. */
export function subjectOf(seed: number): Promise<Subject> {
  const kind = seed % 10;
  if (kind === 9) return randomModule(seed, "all");
  return kind % 2 === 0 ? randomScript(seed) : randomModule(seed, "common");
}

export const variantOf = (seed: number): VariantName =>
  (["precise", "precise", "small", "precise", "fast"] as const)[Math.floor(seed / 10) % 5] as VariantName;

export interface Round {
  readonly subjects: readonly Subject[];
  readonly disagreements: readonly Disagreement[];
}

export async function round(seeds: readonly number[], name: VariantName, wasm3: string): Promise<Round> {
  const subjects: Subject[] = [];
  for (const seed of seeds) subjects.push(await subjectOf(seed));
  const variant = VARIANTS[name];
  const engines: Engine[] = [hostEngine(variant), ...cellEngines(variant), wasm3Host(wasm3)];
  return { subjects, disagreements: await disagreements(subjects, engines, variant.traps) };
}
