/** The same test files that this suite runs in the simulator, in cellbox and on both engines there: every demo that all can run. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { packageRoot } from "../../scripts/root.ts";
import type { TestSummary } from "../../scripts/testing/report.ts";
import { jhInmate } from "../cli/cli.ts";

/** Ten million rounds, each a few instructions of machine code: interpreted they would take minutes, and measure the interpreter. */
const ABOUT_CODE = ["cache-timings"];

const demos = readdirSync(join(packageRoot, "demos")).filter((name) =>
  existsSync(join(packageRoot, "demos", name, "main.ts")),
);

test("what is left out is there", () => {
  expect(demos).toEqual(expect.arrayContaining(ABOUT_CODE));
});

const runs = demos.flatMap((demo) =>
  (ABOUT_CODE.includes(demo) ? ["aot"] : ["aot", "wasm3"]).map((engine) => [demo, engine] as const),
);

test.for(runs)("%s, %s", { timeout: 180_000 }, async ([demo, engine]) => {
  const { code, stdout, stderr } = await jhInmate([
    "test",
    `demos/${demo}`,
    ...["--on", "cellbox", "--engine", engine, "-t", "on either target", "--json"],
  ]);
  expect(stderr).toBe("");
  const { results, passed, failed } = JSON.parse(stdout) as TestSummary;
  expect(results.flatMap(({ message }) => message ?? [])).toEqual([]);
  expect({ code, failed }).toEqual({ code: 0, failed: 0 });
  expect(passed).toBeGreaterThanOrEqual(1);
});
