/** The same faults on x86, as far as the machine has a part in them. */
import { describe, expect, test } from "vitest";
import { type Plan, report } from "./report.ts";

/** Lines of ours move. */
const stable = (text: string) => text.replace(/(jh-inmate\/[\w/-]+\.ts|intrinsics\.h|memory\.c):\d+:\d+/g, "$1:<line>");

const onX86 = async (fixture: string, plan: Plan = {}) => {
  const seen = await report(fixture, { board: "qemu-x86", ...plan });
  return { ...seen, console: stable(seen.console) };
};

test.each([
  [
    "overflow",
    `*** integer overflow in a division or conversion
    at negate (main.ts:5:10)
    at top level (main.ts:7:8)
    hint: the result has no place in its integer type: look at the operands, or take a larger type`,
  ],
  [
    "null-access",
    `*** access through null, at 0x0
    at valueOf (main.ts:7:10)
    at top level (main.ts:9:16)
    hint: look at the reference: nothing is there`,
  ],
  [
    "wild-access",
    `*** wild access: the program has no memory at 0x70000000
    at peek (main.ts:4:10)
    at top level (main.ts:6:16)
    hint: look at pointer arithmetic, and at load and store with computed addresses`,
  ],
  [
    "out-of-memory",
    `*** out of memory: the program has used up its cell's RAM
    at memset (~runtime/wasm/memory.c:<line>)
    at StaticArray<u8>.constructor (~lib/staticarray.ts:54:45)
    at collect (main.ts:4:13)
    at top level (main.ts:6:10)
    hint: look at allocations in loops, as nothing is freed; or give the cell more: ram: "1M" in cell.ts`,
  ],
  [
    "stack-main",
    `*** stack overflow in the main program
    at sum (main.ts:4:27)
    at sum (main.ts:4:27)
    at top level (main.ts:6:16)
    hint: look at functions that call themselves; or set stack: "16K" in jh-inmate.config.ts`,
  ],
  [
    "while-reporting",
    `*** 
*** the report of this fault failed itself
    at lookUp (main.ts:2:19)
    at top level (main.ts:4:1)
    hint: the program has damaged its own memory: look at pointer arithmetic`,
  ],
  [
    "unmapped",
    `*** access to 0x9001ffc, where nothing is mapped
    at mmio.Registers.read32 (~lib/jh-inmate/mmio.ts:<line>)
    at top level (main.ts:4:13)
    hint: look at the size that was given to mmio.map or ram.map, and at the offset`,
  ],
  [
    "far-behind-device",
    `*** wild access: the program has no memory at 0x200000
    at mmio.Registers.read32 (~lib/jh-inmate/mmio.ts:<line>)
    at top level (main.ts:4:13)
    hint: this is a device's register, far behind what mmio.map has mapped: look at the offset`,
  ],
  [
    "wild-jump",
    `*** jump to 0x170000, where no code is
    at 0x170000
    at run (main.ts:4:3)
    at top level (main.ts:6:1)
    hint: look at damaged function references and stacks`,
  ],
  [
    "general-protection",
    `*** unexpected exception (syndrome 0xd00000000, address 0x0)
    at peek (main.ts:5:10)
    at top level (main.ts:7:16)
    hint: general protection (x86): look at MSRs that the CPU does not have, and at addresses wider than 48 bits`,
  ],
])("%s", async (fixture, text) => {
  const { console, state } = await onX86(fixture);
  expect({ console, state }).toEqual({ console: `${text}\n`, state: "failed" });
});

test("a port of somebody else: the hypervisor parks the CPU", async () => {
  const { notes, state } = await onX86("foreign-port");
  expect({ notes: notes.join("\n").split("\n").slice(0, 3), state }).toEqual({
    notes: [
      "cell tiny-demo, CPU 2 parked: access to I/O port 0x70, which is not the cell's",
      "    at poke (main.ts:4:3)",
      "    at top level (main.ts:6:1)",
    ],
    state: "failed",
  });
});

test("undefined-instruction: the command line is no code", async () => {
  const { console, state } = await onX86("undefined-instruction", { args: "aaaa" });
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

describe("in handlers", () => {
  test("an index out of range", async () => {
    const { console } = await onX86("in-handler");
    expect(console).toMatch(
      /^\*\*\* Index out of range\n {4}at StaticArray<u32>\.__set .*\n {4}at take \(main\.ts:7:3\)\n {4}at \(anonymous\) \(main\.ts:10:3\)\n/,
    );
    expect(console).toContain("    at interrupt (the handler above ran here)\n");
    expect(console).toContain("    at top level (main.ts:14:1)\n");
  });
  test("stack overflow", async () => {
    const { console } = await onX86("stack-handler");
    expect(console).toMatch(/^\*\*\* stack overflow in an interrupt handler\n {4}at sum \(main\.ts:5:\d+\)\n/);
    expect(console).toContain("    at (anonymous) (main.ts:7:40)\n");
  });
  test("an interrupt before the first irq.on", async () => {
    const { console } = await onX86("unexpected-vector");
    expect(console).toMatch(/^\*\*\* interrupt before the first irq\.on\n {4}at unexpected_interrupt /);
  });
});

test("an interrupt without a handler is said once; the program goes on", async () => {
  const { console, state } = await onX86("unhandled-vector");
  expect({ console, state }).toEqual({
    console: "*** interrupt 36 has no handler: it is switched off\n",
    state: "shut down",
  });
});

describe("on a further CPU", () => {
  const there = (fixture: string) => onX86(fixture, { cell: "smp-demo" });

  test("division by zero", async () => {
    const { console, state } = await there("cpu-fault");
    expect({ console, state }).toEqual({
      console: `*** CPU 1: division by zero
    at divide (main.ts:5:18)
    hint: look at where the divisor comes from
`,
      state: "failed",
    });
  });
  test("in a handler there", async () => {
    const { console } = await there("cpu-handler");
    expect(console).toMatch(
      /^\*\*\* CPU 1: division by zero\n {4}at \(anonymous\) \(main\.ts:4:40\)\n {4}at interrupt /,
    );
  });
  test("stack overflow", async () => {
    const { console } = await there("cpu-stack");
    expect(console).toMatch(/^\*\*\* CPU 1: stack overflow on a further CPU\n {4}at sum \(main\.ts:5:\d+\)\n/);
    expect(console).toContain("    at (anonymous) (main.ts:7:35)\n");
  });
});

test("wild-index: an unchecked index before its array leads nowhere", async () => {
  const { console, state } = await onX86("wild-index");
  // Where the array lies depends on the SDK's data.
  expect(console).toMatch(
    /^\*\*\* wild access: the program has no memory at 0x3ff48[0-9a-f]{4}\n {4}at StaticArray<u32>\.__uget .*\n {4}at take \(main\.ts:6:10\)\n/,
  );
  expect(state).toBe("failed");
});
