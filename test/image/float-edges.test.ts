/** Minimum, maximum and conversion of floats are C of our own on each machine: all must agree with ECMAScript, which WebAssembly follows here. */
import { expect, test } from "vitest";
import { jhInmate } from "../cli/cli.ts";

const VALUES = [
  ...[Number.NaN, -0, 0, 0.5, 1, -1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e300, -1e300],
  ...[2147483647.5, 2147483648, -2147483648.5, -2147483649],
];

const view = new DataView(new ArrayBuffer(8));
/** As the program prints them: which NaN it is depends on the machine. */
function wide(x: number): bigint {
  if (Number.isNaN(x)) return 0x7ff8000000000000n;
  view.setFloat64(0, x);
  return view.getBigUint64(0);
}
function narrow(x: number): number {
  if (Number.isNaN(x)) return 0x7fc00000;
  view.setFloat32(0, x);
  return view.getUint32(0);
}
function integer(x: number): number {
  return Number.isNaN(x) ? 0 : Math.max(-2147483648, Math.min(2147483647, Math.trunc(x)));
}

const expected = VALUES.flatMap((x) => {
  const small = Math.fround(x);
  const pairs = VALUES.map((y) => {
    const other = Math.fround(y);
    return `${wide(Math.min(x, y))} ${wide(Math.max(x, y))} ${narrow(Math.min(small, other))} ${narrow(Math.max(small, other))}`;
  });
  // To a program there is one zero among integers.
  return [`${integer(x) + 0} ${integer(small) + 0}`, ...pairs];
});

test.each([
  ["arm64", "float-edges", "qemu-arm64", "qemu-arm64-inmate-demo"],
  ["x86-64", "float-edges", "qemu-x86", "tiny-demo"],
  ["x86-32", "float-edges/on-32", "qemu-x86", "tiny-demo"],
])("%s", async (_, program, board, cell) => {
  const run = ["run", `test/fixtures/inmates/${program}`, "--board", board, "--cell", cell, "--seconds", "10"];
  const { code, stdout } = await jhInmate(run);
  expect(stdout.replaceAll("\r", "").trim().split("\n")).toEqual(expected);
  expect(code).toBe(0);
});
