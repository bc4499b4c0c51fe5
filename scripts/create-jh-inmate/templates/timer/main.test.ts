import { startInmate } from "jh-inmate/test";
import { expect, test } from "vitest";

test("ticks ten times a second and tells how late it was", async () => {
  const cell = await startInmate(import.meta.dirname);
  await cell.line("The counter runs at");
  const ticks = await cell.lines(12);
  for (const [index, line] of ticks.entries()) {
    const [, tick, mean, worst] = /^tick (\d+), mean jitter +(\d+) ns, worst +(\d+) ns$/.exec(line) ?? [];
    expect(Number(tick)).toBe(index + 1);
    expect(Number(mean)).toBeLessThanOrEqual(Number(worst));
  }
});

test("goes on until it is asked to shut down", async () => {
  const cell = await startInmate(import.meta.dirname);
  await cell.line("tick 3,");
  expect(cell.state).toBe("running");
  expect(await cell.shutdown()).toBe("accepted");
});
