/** Where `dev` runs a program, and how one is made for it. */
import { existsSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { boards, encodeCell, formats } from "../../boards/index.ts";
import { type BuildOptions, compile, link } from "../pipeline/build.ts";
import { type CheckReport, checkReport } from "../pipeline/check-stages.ts";
import { packageRoot } from "../root.ts";
import { cellbox } from "../run/cellbox.ts";
import { withArgs } from "../run/jobs.ts";
import { simTarget } from "../run/sim.ts";
import { simJobOf } from "../run/sim-jobs.ts";
import type { CellJob, Target } from "../run/target.ts";
import { buildProgram } from "../sim/build-node.ts";

/** A program that is ready to run. */
export interface DevProgram {
  readonly job: CellJob;
  /** Paths of its files. */
  readonly sources: readonly string[];
  /** What is left to do while it starts. @throws UserError if it is not to run on. */
  readonly finish: () => Promise<CheckReport>;
}

export interface DevOptions extends Pick<BuildOptions, "source" | "board" | "cell" | "onStage"> {
  readonly args?: string | undefined;
  /** A folder for files that only this session needs. */
  readonly temporary: string;
}

export interface DevTarget {
  readonly target: Target;
  readonly make: (options: DevOptions) => Promise<DevProgram>;
}

let serial = 0;

export const DEV_TARGETS = {
  cellbox: {
    target: cellbox,
    make: async ({ args, temporary, ...options }) => {
      const compiled = await compile(options);
      const { name, board, cell, format, file } = compiled;
      const { bin, elf, finish } = await link(compiled);
      // Each program has its own file: a fault report of the one before may be on its way.
      const path = join(temporary, `${name}-${serial++ % 4}.elf`);
      await writeFile(path, elf);
      const images = [{ address: cell.resetAddress, bytes: bin }];
      const job = { name, board, cell, format, cellFile: encodeCell(cell, formats[format]), images, elf: path };
      return {
        job: withArgs(job, args),
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
