/** Runs the tests of a project by vitest: the project's own, else the one that was installed with this package. */
import { existsSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { CliOptions } from "vitest/node";
import { UserError } from "../errors.ts";
import type { Engine } from "../pipeline/build.ts";
import { packageRoot } from "../root.ts";
import type { TargetName } from "./host.ts";
import { TestReport } from "./report.ts";

export interface TestRequest {
  readonly dir: string;
  readonly on: TargetName;
  readonly board?: string | undefined;
  /** On cellbox. */
  readonly engine?: Engine | undefined;
  /** Only tests whose names match. */
  readonly name?: string | undefined;
  /** End with the lines of the inmates that were reached. */
  readonly coverage: boolean;
  /** Again whenever a file changes, until the user quits. */
  readonly watch: boolean;
  /** Print nothing but one JSON object. */
  readonly json: boolean;
}

/** Compiling takes seconds, and the boot of an emulated cell does on a busy machine. */
const TIMEOUT = 60_000;
const CONFIGURATIONS = ["vitest", "vite"].flatMap((name) =>
  ["ts", "mts", "cts", "js", "mjs", "cjs"].map((extension) => `${name}.config.${extension}`),
);
const COVERAGE = { enabled: true, provider: "custom" } as const;
const NOT_OURS = ["**/node_modules/**", "**/dist/**"];

export async function runTests(request: TestRequest): Promise<TestReport> {
  const { dir, on, board, engine, watch, json, name, coverage } = request;
  if (!existsSync(dir)) throw new UserError(`${dir}: there is no such folder`);
  if (!statSync(dir).isDirectory()) throw new UserError(`${dir}: test takes a folder with tests`);
  const root = resolve(dir);
  // vitest takes less than a terminal for one.
  if (!process.stdout.isTTY && process.env.FORCE_COLOR === undefined) process.env.NO_COLOR = "1";
  const { node, index, isProjects } = findVitest(root);
  const { startVitest } = (await import(pathToFileURL(node).href)) as typeof import("vitest/node");
  const report = new TestReport(root);
  const hasOwnConfiguration = CONFIGURATIONS.some((file) => existsSync(join(root, file)));
  const options: CliOptions = {
    root,
    watch,
    // What the project's own configuration says about these is its business; one of a folder above is not meant.
    ...(hasOwnConfiguration
      ? {}
      : { config: false, include: ["**/*.test.ts"], exclude: NOT_OURS, testTimeout: TIMEOUT, hookTimeout: TIMEOUT }),
    // Else vitest puts a proxy round the compiler, whose walk through syntax trees then takes six times as long.
    deps: { interopDefault: false },
    // Our bundle is for Node as it is.
    server: { deps: { external: [join(packageRoot, "dist")] } },
    // No test imports the program: whatever changes in the project may change the results.
    forceRerunTriggers: [join(root, "**/*.ts")],
    env: {
      JH_INMATE_ON: on,
      JH_INMATE_VITEST: pathToFileURL(index).href,
      ...(board ? { JH_INMATE_BOARD: board } : {}),
      ...(engine ? { JH_INMATE_ENGINE: engine } : {}),
    },
    ...(coverage
      ? {
          coverage: { ...COVERAGE, customProviderModule: bundle("coverage"), reportsDirectory: join(root, "coverage") },
        }
      : {}),
    passWithNoTests: true,
    reporters: json ? [report] : ["default", report],
    ...(name === undefined ? {} : { testNamePattern: name }),
  };
  const alias = {
    ...Object.fromEntries(["config", "cell", "sim", "test"].map((part) => [`jh-inmate/${part}`, bundle(part)])),
    ...(isProjects ? {} : { vitest: index }),
  };
  const output = json ? { stdout: process.stderr, stderr: process.stderr } : {};
  const vitest = await startVitest("test", [], options, { resolve: { alias } }, output);
  if (watch) await new Promise<void>((closed) => vitest.onClose(closed));
  else await vitest.close();
  return report;
}

/** The very package whose command runs, whether or not the project has it installed. */
function bundle(part: string): string {
  return join(packageRoot, "dist", `${part}.js`);
}

interface Vitest {
  /** The file of `vitest/node`. */
  readonly node: string;
  /** What tests import. */
  readonly index: string;
  readonly isProjects: boolean;
}

function findVitest(root: string): Vitest {
  for (const from of [root, packageRoot]) {
    try {
      const node = createRequire(join(from, "package.json")).resolve("vitest/node");
      return { node, index: join(dirname(node), "index.js"), isProjects: from === root };
    } catch {
      // The next one.
    }
  }
  throw new UserError("vitest is not installed: npm install --save-dev vitest");
}
