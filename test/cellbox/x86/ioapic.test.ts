import { expect, test } from "vitest";
import type { CellConfig } from "../../../boards/index.ts";
import { boardX86 as board, runInmate, values } from "../inmate.ts";

const cell = board.cells["ioapic-demo" as keyof typeof board.cells] as CellConfig;
const run = (parameter: number) => runInmate("ioapic", { board, cell, parameter, icount: true });

test("a masked entry takes anything, other cells' read 0, and a logical destination is reached", async () => {
  const result = await run(0);
  expect(values(result)).toEqual({ high: 0x01000000n, low: 0x10520n, other: 0n, came: 1n });
  expect(result.outcome.states).toEqual(["shut down"]);
});

test.each([
  [1, "write", "unmasking what leads to another cell's CPU"],
  [2, "write", "leading what is not masked to another cell's CPU"],
  [3, "write", "a logical destination with another cell's CPU"],
  [4, "read", "an index past the table"],
  [5, "read", "an index whose lower byte alone is in the table"],
])("action %i, a %s, stops the CPU: %s", async (parameter, direction) => {
  const { outcome, lines } = await run(parameter);
  expect(lines).toEqual([]);
  expect(outcome.notes[0]).toContain(`cell ioapic-demo, CPU 2 parked: ${direction} of 4 bytes at 0xfec00010: `);
});
