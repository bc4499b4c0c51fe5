import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BenchResult, bench } from "./bench.ts";
import { chosen, KERNELS } from "./kernels.ts";
import { SIDES } from "./sides.ts";
import { table } from "./table.ts";

const names = ["crc32", "windowcopy"];
const stages: string[] = [];
const dir = mkdtempSync(join(tmpdir(), "jh-bench-"));
let result: BenchResult;

beforeAll(async () => {
  result = await bench(names, dir, (stage) => stages.push(stage));
}, 120_000);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test("every side of every kernel is measured, and all compute the same", () => {
  expect(result.kernels.map(({ name }) => name)).toEqual(names);
  for (const { instructions } of result.kernels) {
    for (const side of SIDES) expect(instructions.figures[side]).toBeGreaterThan(10_000);
  }
});

test("instructions are counted exactly: what is not kernel cancels out of the loop over 65,536 bytes", () => {
  const { figures } = result.kernels[0]?.instructions ?? expect.unreachable();
  for (const side of SIDES) expect(figures[side] % 65536).toBeLessThan(100);
});

test("the interrupt path is counted on both sides", () => {
  const { c, typescript } = result.interrupt;
  expect(c).toBeGreaterThan(40);
  expect(typescript / c).toBeLessThan(1.1);
});

test("the table has a row for each kernel and the means, and stages were told", () => {
  const lines = table(result).split("\n");
  for (const start of [...names, "            geometric mean", "interrupt path"]) {
    expect(lines.some((line) => line.startsWith(start))).toBe(true);
  }
  expect(stages).toContain("cellbox kernels-precise");
});

test("kernels are chosen by name", () => {
  expect(chosen()).toHaveLength(KERNELS.length);
  expect(chosen(["tree", "list"])).toEqual(["list", "tree"]);
  expect(() => chosen(["lists"])).toThrow(/^there is no kernel "lists"; kernels are integer, /);
});
