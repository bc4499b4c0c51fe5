/** The fixtures of test/faults on wasm3: what compiled programs report, and what is different. */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { packageRoot } from "../../scripts/root.ts";
import { programCases, stable } from "../faults/program-cases.ts";
import { type Plan, report } from "../faults/report.ts";

/** Where wasm3 says it in other words: its stacks are larger, and a call that finds none left has not begun. */
const OWN: Readonly<Record<string, string>> = {
  "stack-main": `*** stack overflow in the main program
    at sum (main.ts:4:27)
    at top level (main.ts:6:16)
    hint: look at functions that call themselves; or set stack: "64K" in jh-inmate.config.ts`,
};

/** The C of a compiled program's runtime is no frame here. */
const withoutRuntime = (text: string) => text.replace(/^ {4}at \w+ \(~runtime\/.*\n/gm, "");

/** The frames of outside-the-cell, as a pattern. */
const OUTSIDE = ` {4}at mmio\\.Registers\\.read32 \\(~lib/jh-inmate/mmio\\.ts:<line>\\)
 {4}at steal \\(main\\.ts:4:10\\)
 {4}at top level \\(main\\.ts:6:7\\)`;
const withoutRegisters = (notes: readonly string[]) => stable(notes.join("\n").replace(/\n {2}\w+=[\s\S]*/, ""));

const onWasm3 = async (fixture: string, plan: Plan) => {
  const seen = await report(fixture, { ...plan, engine: "wasm3" });
  return { ...seen, console: stable(seen.console) };
};

describe.each(["qemu-arm64", "qemu-x86"])("on %s", (board) => {
  test.each(programCases)("%s", async (fixture, text) => {
    const { console, state } = await onWasm3(fixture, { board });
    expect(console).toBe(`${OWN[fixture] ?? withoutRuntime(text)}\n`);
    expect(state).toBe("failed");
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
    [
      "wild-jump",
      `*** jump to 0x170000, where no code is
    at run (main.ts:4:3)
    at top level (main.ts:6:1)
    hint: look at damaged function references and stacks
`,
    ],
  ])("%s", async (fixture, text) => {
    const { console, state } = await onWasm3(fixture, { board });
    expect(console).toBe(text);
    expect(state).toBe("failed");
  });

  test("wild-index: where WebAssembly says that it leads, 32 bits wide", async () => {
    const { console } = await onWasm3("wild-index", { board });
    expect(console).toMatch(
      /^\*\*\* wild access: the program has no memory at 0xff48[0-9a-f]{4}\n {4}at StaticArray<u32>\.__uget .*\n {4}at take \(main\.ts:6:10\)\n/,
    );
  });

  test("an access outside of the cell: the registers tell the last three calls", async () => {
    const { console, state, notes } = await onWasm3("outside-the-cell", { board });
    expect({ console, state }).toEqual({ console: "", state: "failed" });
    expect(withoutRegisters(notes)).toMatch(
      new RegExp(`, CPU \\d parked: read.* at 0x40000010, which is outside the cell\n${OUTSIDE}$`),
    );
  });

  describe("in handlers", () => {
    test("an index out of range", async () => {
      const { console, state } = await onWasm3("in-handler", { board });
      expect(console).toMatch(
        /^\*\*\* Index out of range\n {4}at StaticArray<u32>\.__set .*\n {4}at take \(main\.ts:7:3\)\n {4}at \(anonymous\) \(main\.ts:10:3\)\n/,
      );
      expect(console).toContain("    at interrupt (the handler above ran here)\n");
      expect(console).toContain("    at top level (main.ts:14:1)\n");
      expect(state).toBe("failed");
    });
    test("stack overflow", async () => {
      const { console } = await onWasm3("stack-handler", { board });
      expect(console).toMatch(
        /^\*\*\* stack overflow in an interrupt handler\n {4}at sum \(main\.ts:5:27\)\n {4}at \(anonymous\) \(main\.ts:7:40\)\n/,
      );
      expect(console).toContain("    hint: with wasm3 handlers have 12 KiB: look at functions that call themselves\n");
    });
  });

  describe("on a further CPU", () => {
    const there = (fixture: string) =>
      onWasm3(fixture, { board, ...(board === "qemu-x86" ? { cell: "smp-demo" } : {}) });

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
      expect(console).toMatch(/^\*\*\* CPU 1: division by zero\n {4}at \(anonymous\) \(main\.ts:4:40\)\n/);
      expect(console).toMatch(
        / {4}at interrupt \(the handler above ran here\)\n[\s\S]* {4}at \(anonymous\) \(main\.ts:\d/,
      );
    });
    test("stack overflow", async () => {
      const { console } = await there("cpu-stack");
      expect(console).toBe(`*** CPU 1: stack overflow on a further CPU
    at sum (main.ts:5:27)
    at (anonymous) (main.ts:7:35)
    hint: with wasm3 further CPUs have 12 KiB: look at functions that call themselves
`);
    });
  });
});

describe("on x86 with 32 bits", () => {
  const root = mkdtempSync(join(tmpdir(), "jh-wasm3-"));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  const cases = new Map(programCases);
  const narrow = (fixture: string) => {
    const folder = join(root, fixture);
    cpSync(join(packageRoot, "test/fixtures/faults", fixture), folder, { recursive: true });
    const config = 'import { defineInmate } from "jh-inmate/config";\nexport default defineInmate({ bits: 32 });\n';
    writeFileSync(join(folder, "jh-inmate.config.ts"), config);
    return onWasm3(folder, { board: "qemu-x86" });
  };

  test.each(["unreachable", "overflow", "wild-access", "null-access", "panic", "damaged-memory", "too-large"])(
    "%s",
    async (fixture) => {
      const { console, state } = await narrow(fixture);
      expect(console).toBe(`${withoutRuntime(cases.get(fixture) ?? "")}\n`);
      expect(state).toBe("failed");
    },
  );

  test("an access outside of the cell", async () => {
    expect(withoutRegisters((await narrow("outside-the-cell")).notes)).toMatch(new RegExp(`\n${OUTSIDE}$`));
  });
});

test("a port of somebody else", async () => {
  const { notes } = await onWasm3("foreign-port", { board: "qemu-x86" });
  expect(withoutRegisters(notes)).toBe(`cell tiny-demo, CPU 2 parked: access to I/O port 0x70, which is not the cell's
    at poke (main.ts:4:3)
    at top level (main.ts:6:1)`);
});

test("an interrupt without a handler is said and switched off; the program goes on", async () => {
  const seen = [
    await onWasm3("unhandled-interrupt", { board: "qemu-arm64" }),
    await onWasm3("unhandled-vector", { board: "qemu-x86" }),
  ];
  expect(seen.map(({ console, state }) => [console, state])).toEqual([
    ["*** interrupt 27 has no handler: it is switched off\n", "shut down"],
    ["*** interrupt 36 has no handler: it is switched off\n", "shut down"],
  ]);
});
