/** The same test files that this suite runs in the simulator, in cellbox: every demo that both can run. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { packageRoot } from "../../scripts/root.ts";
import type { TestSummary } from "../../scripts/testing/report.ts";
import { jhInmate } from "../cli/cli.ts";

const demos = readdirSync(join(packageRoot, "demos")).filter((name) =>
  existsSync(join(packageRoot, "demos", name, "main.ts")),
);

test.for(demos)("%s", { timeout: 180_000 }, async (demo) => {
  const { code, stdout, stderr } = await jhInmate([
    "test",
    `demos/${demo}`,
    ...["--on", "cellbox", "-t", "on either target", "--json"],
  ]);
  expect(stderr).toBe("");
  const { results, passed, failed } = JSON.parse(stdout) as TestSummary;
  expect(results.flatMap(({ message }) => message ?? [])).toEqual([]);
  expect({ code, failed }).toEqual({ code: 0, failed: 0 });
  expect(passed).toBeGreaterThanOrEqual(1);
});
