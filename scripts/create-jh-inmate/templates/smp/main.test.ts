import { startInmate } from "jh-inmate/test";
import { expect, test } from "vitest";

test("all CPUs of the cell share the work", async () => {
  const cell = await startInmate(import.meta.dirname);
  const [, cpus] = /The cell has (\d+) CPUs/.exec(await cell.line("The cell has")) ?? [];
  expect(Number(cpus)).toBeGreaterThan(1);
  const found = (await cell.lines(Number(cpus))).map((line) => Number(/^CPU \d+ found (\d+)$/.exec(line)?.[1]));
  expect(found.reduce((sum, primes) => sum + primes, 0)).toBe(17984);
  await cell.line("There are 17984 primes below 200000");
  expect(await cell.end()).toBe("shut down");
});
