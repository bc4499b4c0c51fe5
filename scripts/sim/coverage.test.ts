/** Lines of inmates that tests reach: by the simulator, and as the table of a run of vitest. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startVitest } from "vitest/node";
import { packageRoot } from "../root.ts";
import { simulate } from "./index-node.ts";

test("a line with code counts from when it is reached", async () => {
  const sim = await simulate(join(packageRoot, "demos/gic-demo"));
  const at = (line: number) => sim.coverage.get("main.ts")?.get(line);
  const source = (await readFile(join(packageRoot, "demos/gic-demo/main.ts"), "utf8")).split("\n");
  const lineOf = (text: string) => source.findIndex((line) => line.includes(text)) + 1;
  expect([...sim.coverage.keys()]).toEqual(["main.ts"]);
  expect(at(lineOf("jitter.add"))).toBe(false);
  sim.advance(50);
  expect(at(lineOf("Initializing the timer"))).toBe(true);
  expect(at(lineOf("jitter.add"))).toBe(false);
  sim.advance(100);
  expect(at(lineOf("jitter.add"))).toBe(true);
  expect(at(1)).toBeUndefined();
});

test("vitest with the provider writes table and lcov.info", async () => {
  const dir = await mkdtemp(join(packageRoot, "node_modules/.cache/coverage-"));
  onTestFinished(() => rm(dir, { recursive: true }));
  const sim = join(packageRoot, "scripts/sim/index-node.ts");
  const demo = join(packageRoot, "demos/hello");
  await writeFile(
    join(dir, "one.test.ts"),
    `import { simulate } from ${JSON.stringify(sim)};\nimport { test } from "vitest";\n` +
      `test("runs", async () => { (await simulate(${JSON.stringify(demo)})).advance(10); }, 60000);\n`,
  );
  const customProviderModule = join(packageRoot, "scripts/sim/coverage-node.ts");
  const vitest = await startVitest("test", [], {
    root: dir,
    watch: false,
    config: false,
    reporters: [{}],
    coverage: { enabled: true, provider: "custom", customProviderModule, reportsDirectory: join(dir, "out") },
  });
  await vitest?.close();
  process.exitCode = 0;
  const info = await readFile(join(dir, "out/lcov.info"), "utf8");
  expect(info).toBe(`SF:${demo}/main.ts\nDA:3,1\nLF:1\nLH:1\nend_of_record\n`);
});
