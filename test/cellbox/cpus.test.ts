import { describe, expect, test } from "vitest";
import { board, boardWithGicv2, runInmate } from "./inmate.ts";

const range = (count: number) => Array.from({ length: count }, (_, i) => i);
const hex = (value: number) => value.toString(16).padStart(16, "0");

describe.each([
  { board, count: 2 },
  { board, count: 8 },
  { board, count: 16 },
  { board: boardWithGicv2, count: 7 },
])("$count CPUs of a cell on $board.name", ({ board, count }) => {
  test("are started once each, though all start all, and the cell fails when the last one has", async () => {
    const plan = { board, cell: { cpus: range(count) }, parameter: [0, count] };
    const { lines, outcome, messages } = await runInmate("many", plan);
    expect(lines).toEqual([`counted ${hex(count - 1)}`, `started ${hex(count - 1)}`]);
    expect(outcome.states).toEqual(["failed"]);
    expect(messages.filter(({ kind }) => kind === "violation").length).toBe(count);
  });
});

test("a cell goes on as long as one of its CPUs does", async () => {
  const plan = { cell: { cpus: range(4) }, parameter: [1, 4] };
  const { outcome, messages, lines } = await runInmate("many", plan);
  expect(lines.at(-1)).toBe("alone");
  expect(outcome.states).toEqual(["failed"]);
  const kinds = messages.map(({ kind }) => kind);
  expect(kinds).toEqual(["ready", ...range(4).map(() => "violation"), "state", "end"]);
});
