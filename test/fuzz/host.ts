/** Engines as processes of this machine: the compiled one, and wasm3. */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { arch, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { requireTools } from "../../scripts/doctor/tools.ts";
import { PLATFORMS, type Platform, X86_64_IMPROVE, X86_64_UNROLL } from "../../scripts/pipeline/platform.ts";
import { CODE_FLAGS, improved, OPTIMIZE, PRECISE_FLAGS } from "../../scripts/pipeline/toolchain.ts";
import { wasm3Sources } from "../../scripts/pipeline/wasm3/sources.ts";
import { packageRoot } from "../../scripts/root.ts";
import { BENCH } from "../bench/sources.ts";
import { definesOf, driverMacros, NATIVE, parseOutcomes, subjectNames, subjectSource, type Variant } from "./native.ts";
import { planOf } from "./plan.ts";
import { oneOfFew } from "./pool.ts";
import type { Engine, Outcome, Subject } from "./subject.ts";

const run = promisify(execFile);
const MOST_OUTPUT = { maxBuffer: 1 << 28 };
/** A call that never ends is an outcome, too. */
const MILLISECONDS = 60_000;

/** Names in generated C come from the inmates' platform; the parts around it are the host's. */
const { improve: _, ...ARM64 } = PLATFORMS.arm64;
const HOST: Platform = {
  ...ARM64,
  before: ["machine.h", "wasm.h"],
  ...(arch() === "x64" ? { improve: X86_64_IMPROVE } : {}),
};
const FLAGS = ["-fno-pie", ...(arch() === "arm64" ? ["-march=armv8-a"] : ["-march=x86-64", ...X86_64_UNROLL])];
const INCLUDE = [join(NATIVE, "host"), NATIVE, join(BENCH, "host"), join(packageRoot, "runtime", "wasm")];
const include = (folders: readonly string[]) => folders.flatMap((folder) => ["-I", folder]);

async function inFolder<T>(work: (dir: string) => Promise<T>): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), "jh-fuzz-"));
  try {
    return await work(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** What a process prints until it ends, however it does. */
async function printed(program: string, args: readonly string[]): Promise<string> {
  try {
    return (await run(program, args, { ...MOST_OUTPUT, timeout: MILLISECONDS })).stdout;
  } catch (error) {
    return (error as { stdout?: string }).stdout ?? "";
  }
}

export const hostEngine = (variant: Variant): Engine => ({
  name: "host",
  features: "all",
  run: (subjects) => inFolder((dir) => runCompiled(variant, subjects, dir)),
});

async function runCompiled(variant: Variant, subjects: readonly Subject[], dir: string): Promise<Outcome[][]> {
  const { clang } = requireTools(["clang"]);
  const defines = Object.entries(definesOf(variant)).map(([name, value]) => `-D${name}=${value}`);
  const precise = variant.traps === "precise" ? PRECISE_FLAGS : [];
  const flags = [...CODE_FLAGS, ...precise, "-w", ...FLAGS, ...defines, ...include(INCLUDE)];
  const compile = async (subject: Subject, symbol: string) => {
    const [c, s] = [join(dir, `${symbol}.c`), join(dir, `${symbol}.s`)];
    await writeFile(c, await subjectSource(subject, symbol, HOST));
    await run(clang.path, [...flags, OPTIMIZE[variant.optimize], "-S", c, "-o", s]);
    await writeFile(s, improved(await readFile(s, "utf8"), HOST).text);
    return s;
  };
  const names = subjectNames(subjects);
  const parts = await Promise.all(subjects.map((subject, i) => oneOfFew(() => compile(subject, names[i] as string))));
  const main = join(dir, "main.c");
  const program = join(dir, "program");
  await writeFile(main, `${driverMacros(subjects)}#include "${join(NATIVE, "host", "main.c")}"\n`);
  const addresses = join(BENCH, "host", "addresses.S");
  await oneOfFew(() => run(clang.path, ["-O2", ...flags, "-no-pie", main, addresses, ...parts, "-lm", "-o", program]));
  return parseOutcomes(await oneOfFew(() => printed(program, [])), subjects);
}

/** wasm3, compiled for this machine. */
export const wasm3Host: Engine = {
  name: "wasm3 on the host",
  features: "common",
  run: (subjects) =>
    inFolder(async (dir) => {
      const program = await oneOfFew(() => wasm3Program(dir));
      const plan = join(dir, "plan");
      await writeFile(plan, planOf(subjects));
      return parseOutcomes(await oneOfFew(() => printed(program, [plan])), subjects);
    }),
};

async function wasm3Program(dir: string): Promise<string> {
  const { clang } = requireTools(["clang"]);
  const { dir: sources } = await wasm3Sources();
  const program = join(dir, "wasm3");
  const runtime = join(packageRoot, "runtime");
  const folders = include([join(NATIVE, "wasm3"), sources, join(runtime, "wasm3"), join(runtime, "wasm")]);
  await run(clang.path, ["-O2", "-w", ...folders, join(NATIVE, "wasm3", "host.c"), "-lm", "-o", program]);
  return program;
}
