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
