/**
 * Coverage of the inmates' TypeScript under vitest ("jh-inmate/coverage"): with
 * `coverage: { enabled: true, provider: "custom", customProviderModule: "jh-inmate/coverage" }` a run of the tests ends with a table of the lines that
 * simulated programs have reached, and coverage/lcov.info for editors.
 */
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { type Coverage, merged } from "./coverage.ts";
import type { Simulator } from "./simulator.ts";

/** What a worker hands over: file, and its lines as [number, reached]. */
type Taken = [file: string, lines: [line: number, reached: boolean][]][];

/** Simulators of this worker, and where their programs' sources are: bundle and sources alike find them here. */
const KEY = Symbol.for("jh-inmate simulators");
const known = globalThis as unknown as Record<symbol, { simulator: Simulator; dir: string }[] | undefined>;

export function remember(simulator: Simulator, dir: string): void {
  known[KEY] = [...(known[KEY] ?? []), { simulator, dir }];
}

function take(): Taken {
  const all = (known[KEY] ?? []).map(({ simulator, dir }) => inFolder(simulator.coverage, dir));
  known[KEY] = [];
  return [...merged(all)].map(([file, lines]) => [file, [...lines]]);
}

function inFolder(coverage: Coverage, dir: string): Coverage {
  return new Map([...coverage].map(([file, lines]) => [join(dir, file), lines]));
}

interface Context {
  readonly config: { readonly root: string; readonly coverage?: { readonly reportsDirectory?: string } };
  readonly logger: { log(text: string): void };
}

class Provider {
  readonly name = "jh-inmate";
  #context: Context | undefined;
  #taken: Coverage[] = [];

  initialize(context: Context): void {
    this.#context = context;
  }
  resolveOptions(): object {
    return { ...this.#context?.config.coverage, provider: "custom", reportsDirectory: this.#folder };
  }
  async clean(clean = true): Promise<void> {
    this.#taken = [];
    if (clean) await rm(this.#folder, { recursive: true, force: true });
  }
  onAfterSuiteRun({ coverage }: { coverage: Taken }): void {
    this.#taken.push(new Map(coverage.map(([file, lines]) => [file, new Map(lines)])));
  }
  generateCoverage(): Coverage {
    return merged(this.#taken);
  }
  async reportCoverage(coverage: Coverage): Promise<void> {
    const root = this.#context?.config.root ?? ".";
    this.#context?.logger.log(table(coverage, root));
    await mkdir(this.#folder, { recursive: true });
    await writeFile(join(this.#folder, "lcov.info"), lcov(coverage));
  }

  get #folder(): string {
    const { root = ".", coverage } = this.#context?.config ?? {};
    return join(root, relative(root, coverage?.reportsDirectory ?? join(root, "coverage")));
  }
}

export function table(coverage: Coverage, root: string): string {
  const rows = [...coverage]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, lines]) => {
      const missed = [...lines].filter(([, reached]) => !reached).map(([line]) => line);
      const percent = (100 * (lines.size - missed.length)) / lines.size;
      return [relative(root, file), `${percent.toFixed(1)} %`, missed.sort((a, b) => a - b).join(", ")];
    });
  const all = [["inmate", "lines", "not reached"], ...rows];
  const widths = [0, 1].map((column) => Math.max(...all.map((row) => (row[column] ?? "").length)));
  return all
    .map(([file = "", percent = "", missed = ""]) =>
      `${file.padEnd(widths[0] ?? 0)}  ${percent.padStart(widths[1] ?? 0)}  ${missed}`.trimEnd(),
    )
    .join("\n");
}

/** The format of lcov (geninfo(1), "TRACEFILE FORMAT"). */
export function lcov(coverage: Coverage): string {
  return [...coverage]
    .map(([file, lines]) => {
      const counts = [...lines].sort(([a], [b]) => a - b).map(([line, reached]) => `DA:${line},${reached ? 1 : 0}`);
      const hit = [...lines].filter(([, reached]) => reached).length;
      return [`SF:${file}`, ...counts, `LF:${lines.size}`, `LH:${hit}`, "end_of_record", ""].join("\n");
    })
    .join("");
}

/** What vitest asks for (vitest, "Custom Coverage Provider"). */
export default {
  getProvider: () => new Provider(),
  takeCoverage: take,
};
