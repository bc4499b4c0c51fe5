import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Finding, Runtime } from "../../scripts/checks/context.ts";
import { type Checked, type CheckInput, check, contextOf, findingsIn } from "../../scripts/checks/index.ts";
import { compileAssemblyScript } from "../../scripts/pipeline/asc.ts";
import { packageRoot } from "../../scripts/root.ts";

/** What every program here begins with: one line. */
const IMPORTS = 'import { args, cell, console, cpu, irq, panic, smp, Statistics, timer } from "jh-inmate";\n';

async function compile(text: string, runtime: Runtime): Promise<CheckInput> {
  const { wasm, map } = await compileAssemblyScript({
    entry: "main.ts",
    readFile: (path) => (path === "main.ts" ? IMPORTS + text : null),
    readSdk: (path) => {
      try {
        return readFileSync(join(packageRoot, "sdk", path), "utf8");
      } catch {
        return null;
      }
    },
    machine: "arm64",
    runtime,
  });
  return { wasm, map, what: "main.ts", runtime };
}

/** Compiles and checks a program; the imports are its line 1. */
export async function checkProgram(text: string, runtime: Runtime = "stub"): Promise<Checked> {
  return check(await compile(text, runtime));
}

/** All that the checks find in a program. */
export async function findingsOf(text: string, runtime: Runtime = "stub"): Promise<Finding[]> {
  return findingsIn(contextOf(await compile(text, runtime)));
}
