/** The compiled engine in a cell: all subjects in one image. */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import { requireTools } from "../../scripts/doctor/tools.ts";
import { checkFits, memoryPlan } from "../../scripts/pipeline/memory-plan.ts";
import { PLATFORMS, type Platform } from "../../scripts/pipeline/platform.ts";
import { compileAndLink, compilerFlags, improved, OPTIMIZE } from "../../scripts/pipeline/toolchain.ts";
import { packageRoot } from "../../scripts/root.ts";
import { BENCH, plainC } from "../bench/sources.ts";
import { MACHINES, type Machine, outputOf } from "./cells.ts";
import { definesOf, driverMacros, NATIVE, parseOutcomes, subjectNames, subjectSource, type Variant } from "./native.ts";
import { oneOfFew } from "./pool.ts";
import type { Engine, Subject } from "./subject.ts";

const run = promisify(execFile);

/** A call may go a hundred levels deep. */
const STACK = 84 * 1024;
export const cellEngines = (variant: Variant): Engine[] =>
  MACHINES.map((machine) => ({
    name: machine.name,
    features: "all",
    run: (subjects) => runAll(machine, variant, subjects),
  }));

async function runAll(machine: Machine, variant: Variant, subjects: readonly Subject[]): Promise<string[][]> {
  const dir = await mkdtemp(join(tmpdir(), "jh-fuzz-"));
  try {
    const image = await link(machine, variant, subjects, dir);
    return parseOutcomes(await oneOfFew(() => outputOf(machine, { offset: 0, bytes: image })), subjects);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function link(
  machine: Machine,
  variant: Variant,
  subjects: readonly Subject[],
  dir: string,
): Promise<Uint8Array> {
  const platform = PLATFORMS[machine.name];
  const plan = memoryPlan(machine.cell, "fuzz", platform.layout, { nullPages: 0, stack: STACK, startsCpus: false });
  const defines = { ...plan.defines, ...definesOf(variant) };
  const folders = [
    NATIVE,
    BENCH,
    ...machine.folders.map((name) => join(NATIVE, name)),
    join(BENCH, "cell", machine.console),
  ];
  const flags = [...platform.flags, ...folders.flatMap((folder) => ["-I", folder])];
  const { clang } = requireTools(["clang"]);
  const compile = async (subject: Subject, symbol: string) => {
    const [c, s] = [join(dir, `${symbol}.c`), join(dir, `${symbol}.s`)];
    await writeFile(c, await subjectSource(subject, symbol, platform));
    const all = compilerFlags({ platform: { ...platform, flags }, defines }, dir);
    await run(clang.path, [...all, "-w", "-g0", OPTIMIZE[variant.optimize], "-S", c, "-o", s], { maxBuffer: 1 << 26 });
    const better = improved(await readFile(s, "utf8"), platform);
    await writeFile(s, better.text);
    return { file: relative(join(packageRoot, "runtime", platform.folder), s), flags: better.flags };
  };
  const names = subjectNames(subjects);
  const parts = await Promise.all(subjects.map((subject, i) => oneOfFew(() => compile(subject, names[i] as string))));
  const whole: Platform = {
    ...platform,
    flags,
    between: platform.between.map((file) => (file === "report.c" ? "report.h" : file)),
    after: platform.after.flatMap((file) => (file === "main.c" ? ["cell.h", file] : [file])),
    parts: [...platform.parts, ...parts],
  };
  const { source } = plainC([], [], whole);
  const linked = await oneOfFew(() =>
    compileAndLink({
      platform: whole,
      source: `${driverMacros(subjects)}${source}`,
      optimize: "speed",
      defines,
      symbols: plan.symbols,
    }),
  );
  checkFits(linked, plan, 0);
  return linked.bin;
}
