import { describe, expect, test } from "vitest";
import { board, boardWithGicv2, cellOf, type Plan, runJobs } from "./inmate.ts";

const ticks = (count: number) => [
  ...Array.from({ length: count }, (_, i) => `tick ${(i + 1).toString(16).padStart(16, "0")}`),
  "done",
];
const boards = [board, boardWithGicv2];

describe.each(boards)("several cells on $name", (board) => {
  const cell = (number: number, name: string, plan: Plan = {}) => cellOf(number, name, { board, ...plan });

  test("have each their own CPU, memory, timer and console", async () => {
    const counts = [2, 5, 3, 4];
    const jobs = counts.map((count, i) => cell(i, "tick", { parameter: count }));
    const { consoles, outcome } = await runJobs(jobs);
    expect(consoles).toEqual(counts.map(ticks));
    expect(outcome.states).toEqual(counts.map(() => "shut down"));
  });

  test("go on beside those that attack the interrupt controller, spin or print for ever, and all can be destroyed", async () => {
    const jobs = [
      cell(0, "wild", { parameter: 2 }),
      cell(1, "tick", { parameter: 20 }),
      cell(2, "loop"),
      cell(3, "flood"),
    ];
    const { consoles, outcome } = await runJobs(jobs, { seconds: 20 }, (run, line, from) => {
      if (from === 1 && line === "done") run.requestShutdown();
    });
    expect(consoles.slice(0, 3)).toEqual([["wild"], ticks(20), ["spinning"]]);
    expect(new Set(consoles[3])).toEqual(new Set(["flood"]));
    expect(outcome.states).toEqual(jobs.map(() => "shut down"));
  });

  test("go on when one fails", async () => {
    const jobs = [cell(0, "wild", { parameter: 1 }), cell(1, "tick", { parameter: 5 })];
    const { consoles, outcome, messages } = await runJobs(jobs);
    expect(consoles[1]).toEqual(ticks(5));
    expect(outcome.states).toEqual(["failed", "shut down"]);
    expect(outcome.notes.join()).toContain("cell wild-0, CPU 1 parked: write of 8 bytes at 0x12345678");
    expect(messages.at(-1)).toEqual({ kind: "end", reason: "done" });
  });

  test("print the same in the same order under --icount", async () => {
    const run = () => {
      const jobs = [
        cell(0, "tick", { parameter: 1 }),
        cell(1, "tick", { parameter: 1 }),
        cell(2, "wild", { parameter: 0 }),
      ];
      return runJobs(jobs, { icount: true, seconds: 0.15 });
    };
    const [first, second] = [await run(), await run()];
    expect(first.consoles.slice(0, 2)).toEqual([ticks(1), ticks(1)]);
    expect(second.order).toEqual(first.order);
  });
});

test.each(["loop", "flood"])("in time, %s does not keep another cell from its ticks", async (name) => {
  const jobs = [cellOf(0, name), cellOf(1, "tick", { parameter: 20 })];
  let began = 0;
  const { consoles } = await runJobs(jobs, { seconds: 20 }, (run, line, from) => {
    if (from === 1 && began === 0) began = performance.now();
    if (line === "done") run.stop();
  });
  expect(consoles[1]).toEqual(ticks(20));
  // 1.9 s, and what a busy machine needs.
  expect(performance.now() - began).toBeLessThan(4000);
});

test("cells that share the UART find a copy of it, and their hypercalls print to the same place", async () => {
  const plan: Plan = { cell: { flags: ["passive-commreg", "virtual-console-permitted"] } };
  const { consoles } = await runJobs([cellOf(0, "uart", plan), cellOf(1, "tick", { parameter: 2 }), cellOf(2, "uart")]);
  const registers = [
    "flags 0000000000000090",
    "id 0000000000000011",
    "divider 000000000000001a",
    "line 0000000000000060",
    "control 0000000000003101",
    "raw-interrupts 0000000000000000",
  ];
  expect(consoles).toEqual([[...registers, "by hypercall"], ticks(2), registers]);
});

test("an interrupt that two cells have is the first one's, and the user is told", async () => {
  const { irqchips } = board.cells[board.inmateCell!]!;
  const jobs = [cellOf(0, "loop", { cell: { irqchips } }), cellOf(1, "gic", { cell: { irqchips } })];
  const { consoles, outcome } = await runJobs(jobs, {}, (run, _, from) => from === 1 && run.requestShutdown());
  expect(consoles[1]).toContain("enable-128 0000000000000000");
  expect(outcome.notes).toContain("interrupt 144 is in the cells of loop-0 and gic-1: here loop-0 alone has it");
});
