/** Rounds of differential fuzzing: some subjects by seed, on all engines at once. */
import { cellEngines } from "./cell.ts";
import { type Compared, compare } from "./compare.ts";
import { hostEngine, wasm3Host } from "./host.ts";
import type { Variant } from "./native.ts";
import { randomScript } from "./script.ts";
import { randomStacks } from "./stacks.ts";
import type { Engine, Subject } from "./subject.ts";
import { randomModule } from "./ttf.ts";
import { wasm3Cells } from "./wasm3-cell.ts";

/** How the compiled engine compiles. */
export const VARIANTS = {
  precise: { optimize: "speed", traps: "precise" },
  small: { optimize: "size", traps: "precise" },
  fast: { optimize: "speed", traps: "fast" },
} as const satisfies Record<string, Variant>;
export type VariantName = keyof typeof VARIANTS;

/** How many subjects an image has at most. */
export const ROUND = 10;

/** By the last digit of its seed: one of ten has instructions that AssemblyScript never writes, one is about the stack alone. */
export function subjectOf(seed: number): Promise<Subject> {
  const kind = seed % 10;
  if (kind === 9) return randomModule(seed, "all");
  if (kind === 7) return randomStacks(seed);
  return kind % 2 === 0 ? randomScript(seed) : randomModule(seed, "common");
}

/** Rounds take turns. */
export const variantOf = (seed: number): VariantName =>
  (["precise", "fast", "precise", "small"] as const)[Math.floor(seed / ROUND) % 4] as VariantName;

export interface Round extends Compared {
  readonly subjects: readonly Subject[];
}

export const enginesOf = (variant: Variant): Engine[] => [
  hostEngine(variant),
  ...cellEngines(variant),
  wasm3Host,
  ...wasm3Cells(),
];

export async function round(seeds: readonly number[], name: VariantName): Promise<Round> {
  const subjects: Subject[] = [];
  for (const seed of seeds) subjects.push(await subjectOf(seed));
  const variant = VARIANTS[name];
  return { subjects, ...(await compare(subjects, enginesOf(variant), variant.traps)) };
}

/** The command that runs a round again. */
export const commandOf = (seeds: readonly number[], variant: VariantName): string =>
  `npm run fuzz -- --seed ${seeds[0]} --count ${seeds.length} --variant ${variant}`;
