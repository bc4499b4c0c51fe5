import { describe, expect, test } from "vitest";
import { board, runInmate } from "./inmate.ts";

/** By the number that inmates/violations.S takes; `pc` counts from its first action, 16 bytes each. */
const cases: readonly [number: number, report: string][] = [
  [0, "write of 4 bytes at 0x12345678, which is outside the cell"],
  [1, "read of 1 byte at 0x12345678, which is outside the cell"],
  [2, "write of 8 bytes at 0x7faf0000, where the cell may only read"],
  [3, "jump to 0x12345678, which is outside the cell"],
  [4, "hvc #0x1: only hvc #0x4a48 is a hypercall"],
  [5, "write of system register S3_0_C12_C11_6, which is the hypervisor's"],
  [6, "read at 0x8000000 by an instruction that cannot be emulated: devices take single loads without write-back"],
  [7, "read of 2 bytes at 0x8000104: this width, alignment or direction is not allowed there"],
];

/** The link register is the caller for certain. */
const JUMP = 3;

describe("a violation parks the CPU and is reported with its callers", () => {
  test.each(cases)("action %i: %s", async (parameter, report) => {
    const { lines, outcome, messages } = await runInmate("violations", { parameter });
    expect(outcome.states).toEqual(["failed"]);
    expect(lines).toEqual([]);
    expect(outcome.notes[0]).toBe(`cell inmate-demo, CPU 1 parked: ${report}`);
    // The link register, back_in_outer and back_in_start.
    const link = parameter === JUMP ? [] : ["    lr 0x50"];
    expect(outcome.notes.slice(2)).toEqual([...link, "    at 0x50", "    at 0x14"]);
    expect(messages.map(({ kind }) => kind)).toEqual(["ready", "violation", "state", "end"]);
  });
});

test("what the cell may read it reads", async () => {
  const { lines, outcome } = await runInmate("violations", { parameter: 8 });
  expect(lines).toEqual(["not stopped"]);
  expect(outcome.states).toEqual(["shut down"]);
});

test("the search for callers stays in memory", async () => {
  const memory = board.cells[board.inmateCell!]?.memory ?? [];
  const region = { physical: 0xb000000n, address: 0xa0000000n, size: 0x1000n, flags: ["read", "io"] } as const;
  const { outcome } = await runInmate("bad-frame", { cell: { memory: [...memory, region] } });
  expect(outcome.notes[0]).toContain("write of 8 bytes at 0x12345678, which is outside the cell");
  expect(outcome.notes[1]).toBe("    at 0x8");
  expect(outcome.states).toEqual(["failed"]);
});
