import { expect, test } from "vitest";
import { jhInmate } from "./cli.ts";

function faultReport(...flags: string[]) {
  const args = ["run", "test/fixtures/division-by-zero", "--board", "qemu-arm64", "--seconds", "5", ...flags];
  return jhInmate(args);
}

test("division by zero names the line and its callers", async () => {
  const { code, stdout, stderr } = await faultReport();
  expect(stdout.replaceAll("\r", "")).toBe(`*** division by zero
    at divide (main.ts:8:10)
    at average (main.ts:4:10)
    at top level (main.ts:20:16)
    hint: look at where the divisor comes from
`);
  expect(stderr).toMatch(/^division-by-zero: failed after/m);
  expect(code).toBe(1);
});

test("in a handler the report goes on with what was interrupted", async () => {
  const { code, stdout } = await faultReport("--args", "handler");
  const lines = stdout.replaceAll("\r", "").split("\n");
  expect(lines.slice(0, 4)).toEqual([
    "*** division by zero",
    "    at divide (main.ts:8:10)",
    "    at average (main.ts:4:10)",
    "    at inHandler (main.ts:12:18)",
  ]);
  expect(lines.at(-3)).toMatch(/^ {4}at top level \(main\.ts:1[78]:/);
  expect(code).toBe(1);
});

test("a parked CPU is a failure, although the cell's others go on", async () => {
  const fixture = "test/fixtures/faults/cpu-outside";
  const { code, stdout, stderr } = await jhInmate(["run", fixture, "--seconds", "1"]);
  expect(stdout).toBe("CPU 0 goes on\r\n");
  expect(stderr).toMatch(/^cell two-cpus, CPU 2 parked: read of 4 bytes at 0x40000010, which is outside the cell\n/);
  expect(stderr).toMatch(/^cpu-outside: running, stopped after [\d.]+ s, CPU 2 parked$/m);
  expect(code).toBe(1);
});
