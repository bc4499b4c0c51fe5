/** What goes wrong with the machine: devices, interrupts, further CPUs, the hypervisor. */
import { describe, expect, test } from "vitest";
import { report } from "./report.ts";

/** Lines of ours move. */
const stable = (text: string) => text.replace(/(jh-inmate\/[\w/-]+\.ts|intrinsics\.h):\d+:\d+/g, "$1:<line>");

test.each([
  [
    "unmapped",
    `*** access to 0x9001ffc, where nothing is mapped
    at mmio.Registers.read32 (~lib/jh-inmate/mmio.ts:<line>)
    at top level (main.ts:4:13)
    hint: look at the size that was given to mmio.map or ram.map, and at the offset`,
  ],
  [
    "far-behind-device",
    `*** wild access: the program has no memory at 0x381000
    at mmio.Registers.read32 (~lib/jh-inmate/mmio.ts:<line>)
    at top level (main.ts:4:13)
    hint: this is a device's register, far behind what mmio.map has mapped: look at the offset`,
  ],
  [
    "misaligned",
    `*** misaligned access to 0x9000032
    at mmio.Registers.read32 (~lib/jh-inmate/mmio.ts:<line>)
    at control (main.ts:4:10)
    at top level (main.ts:6:9)
    hint: an access of n bytes must be at a multiple of n: look at the offset`,
  ],
  [
    "wild-jump",
    `*** jump to 0x170000, where no code is
    at 0x170000
    at run (main.ts:4:3)
    at top level (main.ts:6:1)
    hint: look at damaged function references and stacks`,
  ],
])("%s", async (fixture, text) => {
  const seen = await report(fixture);
  expect(stable(seen.console)).toBe(`${text}\n`);
  expect(seen.state).toBe("failed");
});

test("undefined-instruction: the command line is no code", async () => {
  const { console, state } = await report("undefined-instruction", { args: "aaaa" });
  expect({ console, state }).toEqual({
    console: `*** undefined instruction
    at 0x1000
    at run (main.ts:4:3)
    at top level (main.ts:6:1)
    hint: what runs there is no code: look at damaged function references
`,
    state: "failed",
  });
});

test("an access outside of the cell: the hypervisor parks the CPU", async () => {
  const { console, state, notes } = await report("outside-the-cell");
  expect({ console, state, notes: stable(notes.join("\n")) }).toEqual({
    console: "",
    state: "failed",
    notes: `cell inmate-demo, CPU 1 parked: read of 4 bytes at 0x40000010, which is outside the cell
    at mmio.Registers.read32 (~lib/jh-inmate/mmio.ts:<line>)
    at steal (main.ts:4:10)
    at top level (main.ts:6:7)`,
  });
});

describe("in handlers", () => {
  /** What is interrupted differs from run to run. */
  const beginsWith = async (fixture: string, text: string) => {
    const seen = await report(fixture);
    expect(stable(seen.console).slice(0, text.length)).toBe(text);
    expect(seen.state).toBe("failed");
    return seen.console;
  };

  test("an index out of range", async () => {
    const all = await beginsWith(
      "in-handler",
      `*** Index out of range
    at StaticArray<u32>.__set (~lib/staticarray.ts:93:62)
    at take (main.ts:7:3)
    at (anonymous) (main.ts:10:3)
`,
    );
    expect(all).toContain("    at interrupt (the handler above ran here)\n");
    expect(all).toContain("    at top level (main.ts:14:1)\n");
  });
  test("stack overflow", () =>
    beginsWith(
      "stack-handler",
      `*** stack overflow in an interrupt handler
    at sum (main.ts:5:14)
    at sum (main.ts:5:27)
    at sum (main.ts:5:27)
    at (anonymous) (main.ts:7:40)
`,
    ));
  test("an interrupt before the first irq.on", () =>
    beginsWith(
      "unexpected-interrupt",
      `*** interrupt before the first irq.on
    at unexpected_interrupt (~runtime/arm64/intrinsics.h:<line>)
    at interrupt (the handler above ran here)
`,
    ));
});

test("an interrupt without a handler is said and switched off; the program goes on", async () => {
  const { console, state } = await report("unhandled-interrupt");
  expect({ console, state }).toEqual({
    console: "*** interrupt 27 has no handler: it is switched off\n",
    state: "shut down",
  });
});

describe("on a further CPU", () => {
  test("division by zero", async () => {
    expect(await report("cpu-fault")).toEqual({
      console: `*** CPU 1: division by zero
    at divide (main.ts:5:18)
    hint: look at where the divisor comes from
`,
      state: "failed",
      notes: [],
    });
  });
  test("in a handler there", async () => {
    const { console, state } = await report("cpu-handler");
    expect(console).toMatch(/^\*\*\* CPU 1: division by zero\n {4}at \(anonymous\) \(main\.ts:4:40\)\n/);
    expect(console).toMatch(
      / {4}at interrupt \(the handler above ran here\)\n[\s\S]* {4}at \(anonymous\) \(main\.ts:\d/,
    );
    expect(state).toBe("failed");
  });
  test("stack overflow", async () => {
    const { console, state } = await report("cpu-stack");
    expect({ console, state }).toEqual({
      console: `*** CPU 1: stack overflow on a further CPU
    at sum (main.ts:5:14)
    at sum (main.ts:5:27)
    at sum (main.ts:5:27)
    at (anonymous) (main.ts:7:35)
    hint: further CPUs have 4 KiB: look at functions that call themselves
`,
      state: "failed",
    });
  });
});

describe("the hypervisor", () => {
  test("sends an unknown message: answered and said", async () => {
    const { console, state } = await report("message", {
      seconds: 0.5,
      onText: (run, text) => text === "serving\r\n" && run.sendUnknown(),
    });
    expect({ console, state }).toEqual({
      console: "serving\n*** unknown message 77 of the hypervisor\n",
      state: "running",
    });
  });
  test("gives no comm region", async () => {
    const { state, notes } = await report("message", {
      change: (job) => {
        const memory = job.cell.memory.filter(({ flags }) => !flags.includes("comm"));
        return { ...job, cell: { ...job.cell, memory } };
      },
    });
    expect(state).toBe("failed");
    expect(
      stable(notes.join("\n")),
    ).toBe(`cell inmate-demo, CPU 1 parked: read of 4 bytes at 0x80000000, which is outside the cell
    at top level (~lib/jh-inmate/comm-region.ts:<line>)
    at top level (~lib/jh-inmate/runtime.ts:<line>)`);
  });
  test("has another revision of it: said where the hypervisor's console may be used", async () => {
    const change = (flags: readonly "virtual-console-permitted"[]) => ({
      wrongRevision: true,
      change: (job: Parameters<NonNullable<NonNullable<Parameters<typeof report>[1]>["change"]>>[0]) => ({
        ...job,
        cell: { ...job.cell, flags },
      }),
    });
    expect((await report("message", change([]))).state).toBe("comm region revision mismatch");
    const { console, state } = await report("message", change(["virtual-console-permitted"]));
    expect(state).toBe("comm region revision mismatch");
    expect(stable(console)).toBe(`*** no comm region of revision 2
    at top level (~lib/jh-inmate/comm-region.ts:<line>)
    at top level (~lib/jh-inmate/runtime.ts:<line>)
    hint: the image is for Jailhouse cells, revision 2 of the comm region: look at its version and at the cell
`);
  });
});
