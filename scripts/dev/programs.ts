/** Where `dev` runs a program, and how one is made for it. */
import { existsSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { boards, encodeCell, formats } from "../../boards/index.ts";
import { type BuildOptions, compile, link } from "../pipeline/build.ts";
import { type CheckReport, checkReport } from "../pipeline/check-stages.ts";
import { packageRoot } from "../root.ts";
import { withArgs } from "../run/jobs.ts";
import { simTarget } from "../run/sim.ts";
import { simJobOf } from "../run/sim-jobs.ts";
import type { CellJob, Target } from "../run/target.ts";
import { buildProgram } from "../sim/build-node.ts";
import { Reloading } from "./reload.ts";

/** A program that is ready to run. */
export interface DevProgram {
  readonly job: CellJob;
  /** Paths of its files. */
  readonly sources: readonly string[];
  /** What is left to do while it starts. @throws UserError if it is not to run on. */
  readonly finish: () => Promise<CheckReport>;
}

export interface DevOptions extends Pick<BuildOptions, "source" | "board" | "cell" | "engine" | "onStage"> {
  readonly args?: string | undefined;
  /** A folder for files that only this session needs. */
  readonly temporary: string;
}

export interface DevTarget {
  readonly target: Target & { close?(): void };
  readonly make: (options: DevOptions) => Promise<DevProgram>;
}

let serial = 0;

export const DEV_TARGETS = {
  cellbox: {
    target: new Reloading(),
    make: async ({ args, temporary, ...options }) => {
      const compiled = await compile(options);
      const { name, board, cell, format, file } = compiled;
      const { bin, elf, module, finish } = await link(compiled);
      const images = [{ address: cell.resetAddress, bytes: bin }, ...(module ? [module] : [])];
      const job = { name, board, cell, format, cellFile: encodeCell(cell, formats[format]), images };
      return {
        job: withArgs({ ...job, ...(module ? { module } : { elf: await elfFile(temporary, name, elf) }) }, args),
        sources: file.sources,
        finish: async () => (await finish()).report.checks,
      };
    },
  },
  sim: {
    target: simTarget,
    make: async ({ args, temporary: _, ...options }) => {
      const built = await buildProgram({ ...options, quick: true });
      return {
        job: simJobOf(built, args),
        sources: built.file.sources,
        finish: async () => checkReport(built.checked),
      };
    },
  },
} as const satisfies Record<string, DevTarget>;

/** Each program has its own file: a fault report of the one before may be on its way. */
async function elfFile(dir: string, name: string, elf: Uint8Array): Promise<string> {
  const path = join(dir, `${name}-${serial++ % 4}.elf`);
  await writeFile(path, elf);
  return path;
}

/**
 * What V8 has to compile once, so that the first edit is as fast as those after it: for a session whose first build came from the cache.
 */
export async function warmUp(): Promise<void> {
  const program = 'import { console } from "jh-inmate";\nconsole.log("");\n';
  const sdk = (path: string) => {
    const file = join(packageRoot, "sdk", path);
    return existsSync(file) ? readFileSync(file, "utf8") : null;
  };
  const { compileAssemblyScript } = await import("../pipeline/asc.ts");
  const readFile = (path: string) => (path === "main.ts" ? program : null);
  await compileAssemblyScript({ entry: "main.ts", readFile, readSdk: sdk, machine: "arm64", runtime: "stub" });
}

/** Boards that have a cell for inmates and programs can be built for. */
export function buildableBoards(): string[] {
  return Object.values(boards)
    .filter(({ arch, inmateCell }) => (arch === "arm64" || arch === "x86") && inmateCell !== undefined)
    .map(({ name }) => name);
}
