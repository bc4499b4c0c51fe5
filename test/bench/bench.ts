/** One run of the bench: measures, compares the checksums, and computes the ratios. */
import { cpus } from "node:os";
import { findTool } from "../../scripts/doctor/tools.ts";
import { type OnStage, versionOf } from "../../scripts/pipeline/stages.ts";
import { toolchainVersion } from "../../scripts/pipeline/toolchain.ts";
import { interruptInstructions, kernelInstructions } from "./cell.ts";
import { canRunHost, hostPrograms, hostTimes } from "./host.ts";
import { KERNELS } from "./kernels.ts";
import { type Figures, SIDES, type Side } from "./sides.ts";

/** A figure of each side, and what TypeScript's are in C's. */
export interface Comparison {
  readonly figures: Readonly<Record<Side, number>>;
  readonly ratios: Ratios;
}
export type Ratios = Readonly<Record<Exclude<Side, "c">, number>>;
export interface Row {
  readonly name: string;
  readonly title: string;
  /** Instructions of a run in a cell. */
  readonly instructions: Comparison;
  /** Nanoseconds of the fastest run on this machine; left out where the bench cannot run there. */
  readonly nanoseconds?: Comparison;
}
export interface BenchResult {
  readonly kernels: readonly Row[];
  readonly geometricMeans: { readonly instructions: Ratios; readonly nanoseconds?: Ratios };
  /** Instructions from the vector through an almost empty handler and back. */
  readonly interrupt: { readonly c: number; readonly typescript: number; readonly ratio: number };
  readonly tools: Readonly<Record<string, string>>;
  readonly host: string;
}

export async function bench(names: readonly string[], dir: string, onStage: OnStage): Promise<BenchResult> {
  const instructions = {} as Record<Side, Figures>;
  for (const side of SIDES) instructions[side] = await kernelInstructions(side, names, onStage);
  const interrupt = {
    c: await interruptInstructions("c", onStage),
    typescript: await interruptInstructions("fast", onStage),
  };
  const times = canRunHost() ? await hostTimes(await hostPrograms(dir, names, onStage), names, onStage) : undefined;
  checkChecksums(names, [instructions, ...(times ? [times] : [])]);

  const kernels = names.map((name): Row => {
    const title = KERNELS.find((kernel) => kernel.name === name)?.title ?? name;
    const row = { name, title, instructions: compare(instructions, name) };
    return times ? { ...row, nanoseconds: compare(times, name) } : row;
  });
  const means = { instructions: geometricMeans(kernels.map((row) => row.instructions.ratios)) };
  return {
    kernels,
    geometricMeans: times
      ? { ...means, nanoseconds: geometricMeans(kernels.flatMap((row) => row.nanoseconds?.ratios ?? [])) }
      : means,
    interrupt: { ...interrupt, ratio: interrupt.typescript / interrupt.c },
    tools: {
      assemblyscript: versionOf("assemblyscript"),
      wabt: versionOf("wabt"),
      llvm: await toolchainVersion(),
      qemu: findTool("qemu-system-aarch64").version,
      node: process.versions.node,
    },
    host: `${cpus()[0]?.model ?? "unknown CPU"}, ${process.platform} ${process.arch}`,
  };
}

/** A kernel that computes something else is another kernel. */
function checkChecksums(names: readonly string[], all: readonly Record<Side, Figures>[]): void {
  for (const name of names) {
    const sums = all.flatMap((sides) => SIDES.map((side) => sides[side].get(name)?.checksum));
    if (new Set(sums).size !== 1 || sums[0] === undefined)
      throw new Error(
        `${name}: checksums differ: ${sums.join(", ")} (${SIDES.join(", ")}, in a cell, then on the host)`,
      );
  }
}

function compare(sides: Record<Side, Figures>, name: string): Comparison {
  const of = (side: Side) => sides[side].get(name)?.figure ?? Number.NaN;
  const figures = Object.fromEntries(SIDES.map((side) => [side, of(side)])) as Record<Side, number>;
  return { figures, ratios: ratiosOf((side) => figures[side] / figures.c) };
}

function ratiosOf(ratio: (side: keyof Ratios) => number): Ratios {
  return { fast: ratio("fast"), precise: ratio("precise"), checked: ratio("checked") };
}

function geometricMeans(ratios: readonly Ratios[]): Ratios {
  const mean = (of: keyof Ratios) =>
    Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio[of]), 0) / ratios.length);
  return ratiosOf(mean);
}
