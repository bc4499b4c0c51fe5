/** What images do on an x86 machine: accesses to devices of every width, and floating point in handlers. */
import { expect, test } from "vitest";
import { jhInmate } from "../cli/cli.ts";

async function checks(fixture: string): Promise<string[]> {
  const run = [
    "run",
    `test/fixtures/inmates/${fixture}`,
    "--board",
    "qemu-x86",
    "--cell",
    "tiny-demo",
    "--seconds",
    "10",
  ];
  const { code, stdout } = await jhInmate(run);
  expect(code).toBe(0);
  return stdout.replaceAll("\r", "").split("\n");
}

test("registers are accessed in every width, by instructions that the hypervisor can decode", async () => {
  const lines = await checks("mmio-access");
  expect(lines.filter((line) => line.includes("FAILED"))).toEqual([]);
  expect(lines.filter((line) => line.startsWith("MMIO"))).toEqual(["MMIO read test passed", "MMIO write test passed"]);
  expect(lines.filter((line) => / passed$/.test(line))).toHaveLength(16);
});

test("floating point works, and handlers keep the program's registers", async () => {
  const lines = await checks("sse");
  expect(lines.filter((line) => line.startsWith("Test"))).toEqual([
    ...["Testing SSE...", expect.stringMatching(/^Test at line #\d+ passed$/)],
    ...["Testing SSE2...", expect.stringMatching(/ passed$/)],
    ...["Testing interrupts...", expect.stringMatching(/ passed$/)],
  ]);
});
