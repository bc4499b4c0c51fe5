import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BenchResult, bench } from "./bench.ts";
import { chosen, KERNELS } from "./kernels.ts";
import { MACHINES } from "./machines.ts";
import { COMPILED_SIDES, SIDES } from "./sides.ts";
import { table } from "./table.ts";

const names = ["crc32", "copy", "windowcopy", "bombread", "bombwrite", "bombboth", "memorycopy"];
const stages: string[] = [];
const dir = mkdtempSync(join(tmpdir(), "jh-bench-"));
let result: BenchResult;

beforeAll(async () => {
  result = await bench(names, dir, (stage) => stages.push(stage));
}, 240_000);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** What was measured of a kernel in a machine's cell. */
function measured(kernel: string, machine: string) {
  return result.kernels.find(({ name }) => name === kernel)?.by[machine] ?? expect.unreachable();
}

describe.each(MACHINES.map(({ name }) => name))("in a cell on %s", (machine) => {
  test("every side of every kernel is measured, and all compute the same", () => {
    expect(result.kernels.map(({ name }) => name)).toEqual(names);
    for (const name of names) {
      for (const side of SIDES) expect(measured(name, machine).figures[side]).toBeGreaterThan(10_000);
    }
  });

  test("instructions are counted exactly: what is not kernel cancels out of the loop over 65,536 bytes", () => {
    // Loops are unrolled, so that some iterations share an instruction.
    for (const side of COMPILED_SIDES) expect(measured("crc32", machine).figures[side] % 8192).toBeLessThan(100);
  });

  test("the interrupt path is counted on both sides, without the monitor's part", () => {
    const { c, typescript } = result.interrupt[machine] ?? expect.unreachable();
    expect(c).toBeGreaterThan(40);
    expect(c).toBeLessThan(60);
    expect(typescript / c).toBeLessThan(1.1);
  });
});

test.each(["arm64", "x86-64"])("on %s indices and streams cost what they cost in C", (machine) => {
  expect(measured("crc32", machine).ratios.fast).toBeLessThan(1.05);
  expect(measured("copy", machine).ratios.fast).toBeLessThan(1.01);
  expect(measured("windowcopy", machine).ratios.fast).toBeLessThan(1.01);
  for (const kernel of ["bombread", "bombwrite", "bombboth"])
    expect(measured(kernel, machine).ratios.fast).toBeLessThan(1.01);
});

test("interpreted, a kernel costs several times as much, and memory.copy of the runtime the same", () => {
  for (const { name } of MACHINES) {
    expect(measured("crc32", name).ratios.wasm3).toBeGreaterThan(5);
    expect(measured("crc32", name).ratios.wasm3).toBeLessThan(100);
    expect(measured("memorycopy", name).ratios.wasm3).toBeLessThan(1.2);
  }
});

test("the table has a row for each kernel and the means, and stages were told", () => {
  const lines = table(result).split("\n");
  for (const start of [
    ...names,
    "            geometric mean, all",
    "            geometric mean, streaming",
    "            geometric mean, computing",
    "interrupt path",
  ]) {
    expect(lines.some((line) => line.startsWith(start))).toBe(true);
  }
  expect(stages).toContain("cellbox kernels-precise on x86-64");
});

test("kernels are chosen by name", () => {
  expect(chosen()).toHaveLength(KERNELS.length);
  expect(chosen(["tree", "list"])).toEqual(["list", "tree"]);
  expect(() => chosen(["lists"])).toThrow(/^there is no kernel "lists"; kernels are integer, /);
});
