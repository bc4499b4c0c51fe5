/** What images for 32 bits do as those for 64 bits, and what they check that the MMU does for those. */
import { expect, test } from "vitest";
import { jhInmate } from "../cli/cli.ts";

const INMATES = "test/fixtures/inmates";

function run(program: string, board = "qemu-x86", cell = "tiny-demo") {
  return jhInmate(["run", program, "--board", board, "--cell", cell, "--seconds", "10"]);
}

test("64-bit arithmetic, conversions and atomics give what they give on 64 bits", async () => {
  const [wide, narrow] = await Promise.all([run(`${INMATES}/arithmetic`), run(`${INMATES}/arithmetic/on-32`)]);
  expect(wide.stdout.trim().split("\n")).toHaveLength(4);
  expect(narrow.stdout).toBe(wide.stdout);
  expect(narrow.code).toBe(0);
});

test("registers are accessed in every width, by instructions that the hypervisor finds and can decode", async () => {
  const { code, stdout } = await run(`${INMATES}/mmio-access/on-32`);
  expect(stdout.match(/^.*FAILED.*$/gm)).toBeNull();
  expect(stdout.match(/^MMIO .*$/gm)).toEqual(["MMIO read test passed", "MMIO write test passed"]);
  expect(code).toBe(0);
});

test("a pointer behind which addresses begin again is a wild access", async () => {
  const { code, stdout, stderr } = await run(`${INMATES}/reach`);
  expect(stdout + stderr).toContain("*** wild access: the program has no memory at 0xc0000008");
  expect(stdout + stderr).toContain("at peek (main.ts:5:10)");
  expect(code).toBe(1);
});

test("other boards than x86 have no 32-bit mode", async () => {
  const { code, stderr } = await run(`${INMATES}/reach`, "qemu-arm64", "qemu-arm64-inmate-demo");
  expect(stderr).toContain("bits: 32 is for x86 boards, but qemu-arm64 is arm64: leave it out");
  expect(code).toBe(2);
});
