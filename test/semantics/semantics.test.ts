/** The table of semantics on every engine and architecture. */
import { beforeAll, describe, expect, test } from "vitest";
import { cellEngines } from "../fuzz/cell.ts";
import { VARIANTS } from "../fuzz/fuzz.ts";
import { hostEngine, wasm3Host } from "../fuzz/host.ts";
import type { Engine } from "../fuzz/subject.ts";
import { v8 } from "../fuzz/v8.ts";
import { wasm3Cells } from "../fuzz/wasm3-cell.ts";
import { FAST, WASM3, WASM3_HOST } from "./deviations.ts";
import { mistakes, type Table, tables } from "./table.ts";

const MINUTES = 5 * 60_000;
let all: Table[];
beforeAll(async () => {
  all = await tables();
});

async function wrong(engine: Engine): Promise<string[]> {
  const taken = all.filter(({ subject }) => engine.features === "all" || subject.features === "common");
  return mistakes(taken, await engine.run(taken.map(({ subject }) => subject)));
}

/** Each of them begins with one of `expected`, and each of `expected` begins one. */
function expectOnly(found: readonly string[], expected: readonly string[]): void {
  const begins = (text: string) => found.some((line) => line.startsWith(text));
  expect(found.filter((line) => !expected.some((text) => line.startsWith(text)))).toEqual([]);
  expect(expected.filter((text) => !begins(text))).toEqual([]);
}

describe("with precise traps all rows hold", () => {
  const engines = [v8, hostEngine(VARIANTS.precise), ...cellEngines(VARIANTS.precise)];
  test.each(engines.map((engine) => [engine.name, engine] as const))("%s", { timeout: MINUTES }, async (_, engine) => {
    expect(await wrong(engine)).toEqual([]);
  });
});

test("with fast traps, the default, only what the list says is left out", { timeout: MINUTES }, async () => {
  const found = await wrong(hostEngine(VARIANTS.fast));
  expect(found.filter((line) => !FAST.some((pattern) => pattern.test(line)))).toEqual([]);
  for (const pattern of FAST) expect(found.some((line) => pattern.test(line))).toBe(true);
});

test.each(wasm3Cells().map((engine) => [engine.name, engine] as const))(
  "%s: all rows but the known ones hold",
  { timeout: MINUTES },
  async (_, engine) => expectOnly(await wrong(engine), WASM3),
);

test("wasm3 on the host: all rows but the known ones hold", { timeout: MINUTES }, async () => {
  expectOnly(await wrong(wasm3Host), WASM3_HOST);
});
