/** One run of the bench: measures, compares the checksums, and computes the ratios. */
import { cpus } from "node:os";
import { findTool } from "../../scripts/doctor/tools.ts";
import { type OnStage, versionOf } from "../../scripts/pipeline/stages.ts";
import { toolchainVersion } from "../../scripts/pipeline/toolchain.ts";
import { wasm3Sources } from "../../scripts/pipeline/wasm3/sources.ts";
import { interruptInstructions, kernelInstructions } from "./cell.ts";
import { canRunHost, hostPrograms, hostTimes } from "./host.ts";
import { KERNELS } from "./kernels.ts";
import { MACHINES, type MachineName } from "./machines.ts";
import { COMPILED_SIDES, type Figures, SIDES, type Side } from "./sides.ts";
import { interpretedInstructions } from "./wasm3.ts";

/** Where it is measured: in a cell instructions of a run, on this machine nanoseconds of the fastest. */
export type Place = MachineName | "host";

/** A figure of each side, and what TypeScript's are in C's. */
export interface Comparison {
  readonly figures: Readonly<Record<Side, number>>;
  readonly ratios: Ratios;
}
export type Ratios = Readonly<Record<Exclude<Side, "c">, number>>;
export interface Row {
  readonly name: string;
  readonly title: string;
  readonly streams: boolean;
  readonly by: Readonly<Record<string, Comparison>>;
}
export interface BenchResult {
  /** `host` is left out where the bench cannot run there. */
  readonly places: readonly Place[];
  readonly kernels: readonly Row[];
  readonly geometricMeans: readonly { readonly of: string; readonly by: Readonly<Record<string, Ratios>> }[];
  /** Instructions from the vector through an almost empty handler and back, by machine. */
  readonly interrupt: Readonly<Record<string, Path>>;
  readonly tools: Readonly<Record<string, string>>;
  readonly host: string;
}
interface Path {
  readonly c: number;
  readonly typescript: number;
  readonly ratio: number;
}

export async function bench(names: readonly string[], dir: string, onStage: OnStage): Promise<BenchResult> {
  const measured = new Map<Place, Record<Side, Figures>>();
  const interrupt: Record<string, Path> = {};
  for (const machine of MACHINES) {
    const sides = {} as Record<Side, Figures>;
    for (const side of COMPILED_SIDES) sides[side] = await kernelInstructions(machine, side, names, onStage);
    sides.wasm3 = await interpretedInstructions(machine, names, onStage);
    measured.set(machine.name, sides);
    const c = await interruptInstructions(machine, "c", onStage);
    const typescript = await interruptInstructions(machine, "fast", onStage);
    interrupt[machine.name] = { c, typescript, ratio: typescript / c };
  }
  if (canRunHost()) measured.set("host", await hostTimes(await hostPrograms(dir, names, onStage), names, onStage));
  checkChecksums(names, measured);

  const kernels = KERNELS.filter(({ name }) => names.includes(name)).map(
    ({ name, title, streams = false }): Row => ({
      ...{ name, title, streams },
      by: mapOf(measured, (sides) => compare(sides, name)),
    }),
  );
  const means = (of: string, rows: readonly Row[]) => ({
    of,
    by: mapOf(measured, (_, place) => geometricMeans(rows.map(({ by }) => (by[place] as Comparison).ratios))),
  });
  const [streaming, computing] = [true, false].map((wanted) => kernels.filter(({ streams }) => streams === wanted)) as [
    Row[],
    Row[],
  ];
  const groups = [
    ["all", kernels],
    ["streaming", streaming],
    ["computing", computing],
  ] as const;
  return {
    places: [...measured.keys()],
    kernels,
    geometricMeans: groups.filter(([, rows]) => rows.length > 0).map(([of, rows]) => means(of, rows)),
    interrupt,
    tools: {
      assemblyscript: versionOf("assemblyscript"),
      wabt: versionOf("wabt"),
      llvm: await toolchainVersion(),
      wasm3: (await wasm3Sources()).version,
      qemu: findTool("qemu-system-aarch64").version,
      node: process.versions.node,
    },
    host: `${cpus()[0]?.model ?? "unknown CPU"}, ${process.platform} ${process.arch}`,
  };
}

function mapOf<T, U>(map: ReadonlyMap<string, T>, make: (value: T, key: string) => U): Record<string, U> {
  return Object.fromEntries([...map].map(([key, value]) => [key, make(value, key)]));
}

/** A kernel that computes something else is another kernel. */
function checkChecksums(names: readonly string[], measured: ReadonlyMap<Place, Record<Side, Figures>>): void {
  for (const name of names) {
    const sums = [...measured].flatMap(([place, sides]) =>
      SIDES.map((side) => ({ where: `${place} ${side}`, sum: sides[side].get(name)?.checksum })),
    );
    if (new Set(sums.map(({ sum }) => sum)).size !== 1 || sums[0]?.sum === undefined)
      throw new Error(`${name}: checksums differ: ${sums.map(({ where, sum }) => `${where} ${sum}`).join(", ")}`);
  }
}

function compare(sides: Record<Side, Figures>, name: string): Comparison {
  const of = (side: Side) => sides[side].get(name)?.figure ?? Number.NaN;
  const figures = Object.fromEntries(SIDES.map((side) => [side, of(side)])) as Record<Side, number>;
  return { figures, ratios: ratiosOf((side) => figures[side] / figures.c) };
}

function ratiosOf(ratio: (side: keyof Ratios) => number): Ratios {
  return { fast: ratio("fast"), precise: ratio("precise"), checked: ratio("checked"), wasm3: ratio("wasm3") };
}

function geometricMeans(ratios: readonly Ratios[]): Ratios {
  const mean = (of: keyof Ratios) =>
    Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio[of]), 0) / ratios.length);
  return ratiosOf(mean);
}
