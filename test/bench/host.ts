/** The half of the bench that runs on this machine: the same C as a process, timed by the wall clock. */
import { execFile } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { arch, platform as system } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { findTool } from "../../scripts/doctor/tools.ts";
import { UserError } from "../../scripts/errors.ts";
import { PLATFORMS, type Platform, X86_64_IMPROVE, X86_64_UNROLL } from "../../scripts/pipeline/platform.ts";
import type { OnStage } from "../../scripts/pipeline/stages.ts";
import { CODE_FLAGS } from "../../scripts/pipeline/toolchain.ts";
import { INTERPRETER } from "../../scripts/pipeline/wasm3/platform.ts";
import { wasm3Sources } from "../../scripts/pipeline/wasm3/sources.ts";
import { packageRoot } from "../../scripts/root.ts";
import { COMPILED_SIDES, definesOf, type Figures, type Measured, SIDES, type Side } from "./sides.ts";
import { BENCH, kernels } from "./sources.ts";
import { interpretedModule } from "./wasm3.ts";

const run = promisify(execFile);

/** Names in generated C come from the inmates' platform; the parts around it are the host's. */
const HOST: Platform = {
  ...PLATFORMS.arm64,
  before: ["machine.h", "wasm.h"],
  between: ["intrinsics.h"],
  after: ["kernels.h"],
};

/**
 * The baselines of images: Armv8.0, x86-64 without SSE4. Linked where addresses below 2 GiB are free. Loops begin at fetch blocks: else where
 * they happen to lie decides more than what they do.
 */
const FLAGS = [
  ...["-fno-pie", "-falign-functions=32", "-falign-loops=32"],
  ...(arch() === "arm64" ? ["-march=armv8-a"] : ["-march=x86-64", ...X86_64_UNROLL]),
];

export function canRunHost(): boolean {
  return system() === "linux" && (arch() === "x64" || arch() === "arm64");
}

function bySide<T>(make: (side: Side) => T): Record<Side, T> {
  return Object.fromEntries(SIDES.map((side) => [side, make(side)])) as Record<Side, T>;
}

/** Programs by side, in `dir`. */
export async function hostPrograms(
  dir: string,
  names: readonly string[],
  onStage: OnStage,
): Promise<Record<Side, string>> {
  const programs = bySide((side) => join(dir, side));
  onStage("clang host-wasm3");
  await interpreter(programs.wasm3);
  await writeFile(moduleOf(programs.wasm3), await interpretedModule(onStage));
  for (const side of COMPILED_SIDES) {
    onStage(`clang host-${side}`);
    const c = await kernels(side, HOST, names, onStage);
    const source = `${programs[side]}.c`;
    await writeFile(source, c.source);
    const defines = Object.entries(definesOf(side)).map(([name, value]) => `-D${name}=${value}`);
    const include = [join(BENCH, "host"), BENCH, join(packageRoot, "runtime", "wasm")].flatMap((path) => ["-I", path]);
    const assembly = `${programs[side]}.s`;
    await clang(...["-O2", ...CODE_FLAGS, "-w", ...FLAGS, ...defines, ...include, "-S", source, "-o", assembly]);
    if (arch() === "x64") await writeFile(assembly, X86_64_IMPROVE.text(await readFile(assembly, "utf8")));
    const parts = ["main.c", "addresses.S"].map((file) => join(BENCH, "host", file));
    await clang("-O2", "-w", "-no-pie", ...FLAGS, ...include, assembly, ...parts, "-o", programs[side]);
  }
  return programs;
}

async function clang(...args: string[]): Promise<void> {
  const { path } = findTool("clang");
  await run(path, args).catch((error: { stderr?: string }) => {
    throw new UserError(`clang makes no programs for this machine: ${error.stderr?.split("\n")[0]}`, error.stderr);
  });
}

/** wasm3 as its image has it (scripts/pipeline/wasm3/platform.ts), and the module beside it. */
async function interpreter(program: string): Promise<void> {
  const { dir } = await wasm3Sources();
  const sources = (await readdir(dir)).filter((name) => name.endsWith(".c")).map((name) => join(dir, name));
  const flags = [...INTERPRETER, ...FLAGS, "-DNDEBUG", "-I", dir];
  await clang(...flags, join(BENCH, "host", "wasm3.c"), ...sources, "-lm", "-no-pie", "-o", program);
}

const moduleOf = (program: string) => `${program}.wasm`;

/** Rounds, and milliseconds of a program's run: the sides take turns, so that what else the machine does meets all of them. */
const ROUNDS = 12;
const MILLISECONDS = 15;

/** Nanoseconds of the fastest run of each kernel. */
export async function hostTimes(
  programs: Record<Side, string>,
  names: readonly string[],
  onStage: OnStage,
): Promise<Record<Side, Figures>> {
  const times = bySide(() => new Map<string, Measured>());
  for (const name of names) {
    onStage(`host ${name}`);
    for (let round = 0; round < ROUNDS; round++) {
      for (const side of SIDES) {
        const module = side === "wasm3" ? [moduleOf(programs.wasm3)] : [];
        const { stdout } = await run(programs[side], [...module, name, String(MILLISECONDS)]);
        const [figure, checksum] = stdout.trim().split(" ").map(Number) as [number, number];
        const before = times[side].get(name);
        if (!before || figure < before.figure) times[side].set(name, { figure, checksum });
      }
    }
  }
  return times;
}
