/** What goes wrong in a program is reported as in cellbox. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { programCases, stable } from "../../test/faults/program-cases.ts";
import { packageRoot } from "../root.ts";
import { type SimulateOptions, simulate } from "./index-node.ts";

async function run(fixture: string, options: SimulateOptions = {}) {
  const source = join(packageRoot, "test/fixtures/faults", fixture);
  const sim = await simulate(source, { board: "qemu-arm64", ...options });
  sim.advance(2000);
  const text = sim.lines.map((line) => `${line}\n`).join("");
  return { console: stable(text), state: sim.state, notes: stable(sim.notes.join("\n")) };
}

/** The image has functions of its own where the simulator has none. */
const withoutRuntime = (report: string) => report.replace(/^ {4}at \w+ \(~runtime\/.*\n/gm, "");
/** clang has made one function of several of its calls; here each is one. */
const CALLS = new Map([["stack-main", /^ {4}at sum .*\n/m]]);

test.each(programCases)("%s", async (fixture, report) => {
  const expected = withoutRuntime(`${report}\n`);
  const seen = await run(fixture);
  const differs = CALLS.get(fixture);
  if (differs)
    expect(seen.console.split("\n").filter((line) => !/ at sum /.test(line))).toEqual(
      expected.split("\n").filter((line) => !/ at sum /.test(line)),
    );
  else expect(seen.console).toBe(expected);
  expect(seen.state).toBe("failed");
});

test.each([
  [
    "unmapped",
    `*** access to 0x9001ffc, where nothing is mapped
    at mmio.Registers.read32 (~lib/jh-inmate/mmio.ts:<line>)
    at top level (main.ts:4:13)
    hint: look at the size that was given to mmio.map or ram.map, and at the offset
`,
  ],
  [
    "misaligned",
    `*** misaligned access to 0x9000032
    at mmio.Registers.read32 (~lib/jh-inmate/mmio.ts:<line>)
    at control (main.ts:4:10)
    at top level (main.ts:6:9)
    hint: an access of n bytes must be at a multiple of n: look at the offset
`,
  ],
])("%s", async (fixture, console) => {
  expect(await run(fixture)).toEqual({ console, state: "failed", notes: "" });
});

test("an access outside of the cell: the hypervisor parks the CPU", async () => {
  expect(await run("outside-the-cell")).toEqual({
    console: "",
    state: "failed",
    notes: `cell inmate-demo, CPU 1 parked: read of 4 bytes at 0x40000010, which is outside the cell
    at mmio.Registers.read32 (~lib/jh-inmate/mmio.ts:<line>)
    at steal (main.ts:4:10)
    at top level (main.ts:6:7)`,
  });
});

test("one CPU parked: the other goes on", async () => {
  const { console, state, notes } = await run("cpu-outside");
  expect({ console, state }).toEqual({ console: "CPU 0 goes on\n", state: "running" });
  expect(notes).toContain("cell two-cpus, CPU 2 parked: read of 4 bytes at 0x40000010, which is outside the cell\n");
});

describe("in handlers the report tells what was interrupted", () => {
  test("an index out of range", async () => {
    const { console, state } = await run("in-handler");
    expect(state).toBe("failed");
    expect(console).toBe(`*** Index out of range
    at StaticArray<u32>.__set (~lib/staticarray.ts:93:62)
    at take (main.ts:7:3)
    at (anonymous) (main.ts:10:3)
    at handlers.dispatch (~lib/jh-inmate/handlers.ts:<line>)
    at gicv3.dispatch (~lib/jh-inmate/machine/gic/gicv3.ts:<line>)
    at interrupt (the handler above ran here)
    at cpu.wait (~lib/jh-inmate/machine/cpu.ts:<line>)
    at cell.serve (~lib/jh-inmate/cell.ts:<line>)
    at top level (main.ts:14:1)
    hint: look at the index and at the length of the array
`);
  });

  test.each([
    ["stack-handler", "*** stack overflow in an interrupt handler\n    at sum (main.ts:5:"],
    ["unexpected-interrupt", "*** interrupt before the first irq.on\n    at interrupt (the handler above ran here)\n"],
    ["cpu-fault", "*** CPU 1: division by zero\n    at divide (main.ts:5:18)\n"],
    ["cpu-handler", "*** CPU 1: division by zero\n    at (anonymous) (main.ts:4:40)\n"],
    ["cpu-stack", "*** CPU 1: stack overflow on a further CPU\n    at sum (main.ts:5:"],
  ])("%s", async (fixture, beginning) => {
    const { console, state } = await run(fixture);
    expect(console.slice(0, beginning.length)).toBe(beginning);
    expect(state).toBe("failed");
  });
});

test("an interrupt without a handler is said and switched off; the program goes on", async () => {
  const expected = { console: "*** interrupt 27 has no handler: it is switched off\n", state: "shut down", notes: "" };
  expect(await run("unhandled-interrupt")).toEqual(expected);
});

test("a pointer to code that is none is a wrong function reference", async () => {
  expect((await run("wild-jump")).console).toMatch(/^\*\*\* call of a null or wrong function reference\n/);
});
