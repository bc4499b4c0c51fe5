import { expect, test } from "vitest";
import { jhInmate } from "../cli/cli.ts";

const run = (fixture: string, ...flags: string[]) =>
  jhInmate(["run", `test/fixtures/checks/${fixture}`, "--board", "qemu-arm64", ...flags]);

test.for<[fixture: string, line: string]>([
  ["wait-without-barrier-mended", "3 ticks"],
  ["stack-too-small-mended", "sum \\d+"],
  ["handler-recursion-mended", "\\d digits"],
])("%s runs", async ([fixture, line]) => {
  const { code, stdout } = await run(fixture, "--expect", `^${line}$`);
  expect(stdout).toMatch(new RegExp(`^${line}\r?$`, "m"));
  expect(code).toBe(0);
});

test("the collector gives memory back, and then there is all of the cell's RAM", async () => {
  const { code, stdout } = await run("collects-at-top-level");
  const lines = stdout.replaceAll("\r", "").split("\n");
  expect(lines.slice(0, 2)).toEqual(["20000 jobs", "*** out of memory: the program has used up its cell's RAM"]);
  expect(stdout).toMatch(/at top level \(main\.ts:18:\d+\)/);
  expect(code).toBe(1);
});

test("warnings and notes of the build go to stderr", async () => {
  const endless = await run("endless-allocation", "--seconds", "0.1");
  expect(endless.stderr).toMatch(/^warning: main\.ts:8:19: allocates memory in an endless loop/);
  const recursion = await run("main-recursion", "--seconds", "0.1");
  expect(recursion.stderr).toMatch(/^note: main\.ts:8:27: isOdd calls itself through isEven/);
});
