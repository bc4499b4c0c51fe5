import { expect, test } from "vitest";
import type { CellConfig } from "../../../boards/index.ts";
import { boardX86 as board, runInmate, values } from "../inmate.ts";

const cell = board.cells["ivshmem-demo" as keyof typeof board.cells] as CellConfig;
const run = (parameter: number) => runInmate("ivshmem", { board, cell, parameter, icount: true });

test("takes any width, ignores what it does not know, and a bad vector leaves the one-shot mode as it is", async () => {
  const result = await run(0);
  expect(values(result)).toEqual({
    oneshot: 0x01206009n,
    high: 0n,
    msix: 0x800f0011n,
    peers: 3n,
    bad: 0n,
    ready: 1n,
    good: 1n,
    used: 0n,
    again: 0n,
  });
  expect(result.outcome.states).toEqual(["shut down"]);
});

test.each([
  [1, "write of 4 bytes at 0xff00100c", "unmasking a vector to another cell's CPU"],
  [2, "write of 4 bytes at 0xb0170060", "enabling MSI-X with one"],
  [3, "write of 4 bytes at 0xb0170004", "letting the device send one"],
  [4, "read of 4 bytes at 0xff001002", "an access across the table's words"],
  [5, "write of 4 bytes at 0xff001100", "the bits that wait"],
  [6, "write of 4 bytes at 0xb0170080", "configuration space behind what there is"],
  [7, "write of 4 bytes at 0xb017003c", "the pin"],
])("action %i, a %s, stops the CPU: %s", async (parameter, access) => {
  const { outcome, lines } = await run(parameter);
  expect(lines).toEqual([]);
  expect(outcome.notes[0]).toContain(`cell ivshmem-demo, CPU 1 parked: ${access}: `);
});
