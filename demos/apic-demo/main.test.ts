import { stat } from "node:fs/promises";
import { startInmate } from "jh-inmate/test";
import { describe, expect, test } from "vitest";
import { jhInmate } from "../../test/cli/cli.ts";
import { Halt } from "../../test/fake-cell/cell.ts";
import { compileFolder } from "../../test/fake-cell/compile.ts";
import type { FakeRegion } from "../../test/fake-cell/devices.ts";
import { FakeX86 } from "../../test/fake-cell/x86.ts";

const LINE = /^Timer fired, jitter: [ \d]{5}\d ns, min: [ \d]{5}\d ns, max: [ \d]{5}\d ns$/;
const REFUSAL = "Rejecting first shutdown request - try again!";
const SHUTDOWN = 1;
const DENIED = 2;
const APPROVED = 3;
const LOCKED = 1;
const SHUT_DOWN = 2;

test("prints the stock demo's lines ten times a second, from an image of at most 12 KiB", async () => {
  const { code, stdout } = await jhInmate(["run", "demos/apic-demo", "--board", "qemu-x86", "--seconds", "3"]);
  // The last one may be cut off where the time was up.
  const lines = stdout.replaceAll("\r", "").split("\n").slice(0, -1);
  expect(lines[0]).toMatch(/^Calibrated TSC frequency: \d+\.\d{3} kHz$/);
  expect(lines[1]).toMatch(/^Calibrated APIC frequency: \d+ kHz$/);
  const ticks = lines.slice(2).filter((line) => line !== REFUSAL);
  expect(ticks.length).toBeGreaterThanOrEqual(25);
  for (const line of ticks) expect(line.replace(/\d{7,}/g, "999999")).toMatch(LINE);
  expect(code).toBe(0);

  const image = new URL("dist/qemu-x86/apic-demo.bin", import.meta.url);
  expect((await stat(image)).size).toBeLessThanOrEqual(12 * 1024);
});

describe("in a fake cell", () => {
  const demo = compileFolder("demos/apic-demo", "x86");

  /** Asks for the shutdown after so many interrupts of the timer, and again when it is refused. */
  async function session(cell: FakeX86): Promise<{ replies: number[]; states: number[] }> {
    const replies: number[] = [];
    const states: number[] = [];
    cell.onWait = () => {
      if (cell.reply !== 0) replies.push(cell.reply);
      states.push(cell.state);
      const count = cell.putc.match(/fired/g)?.length ?? 0;
      if (cell.reply === DENIED || (count === 5 && replies.length === 0)) cell.send(SHUTDOWN);
    };
    expect(cell.run(await demo)).toBeInstanceOf(Halt);
    return { replies: [...replies, cell.reply], states };
  }

  test("locked, it refuses once and then goes", async () => {
    const cell = new FakeX86({ flags: 3 });
    const { replies, states } = await session(cell);
    expect(replies).toEqual([DENIED, APPROVED]);
    expect(new Set(states)).toEqual(new Set([LOCKED]));
    expect(cell.state).toBe(SHUT_DOWN);
    const lines = cell.putc.split("\r\n");
    expect(lines.slice(0, 2)).toEqual([
      "Calibrated TSC frequency: 2000000.000 kHz",
      "Calibrated APIC frequency: 1000000 kHz",
    ]);
    expect(lines.slice(-3)).toEqual([REFUSAL, "Stopped APIC demo", ""]);
  });

  test("toggles the LED, and pollutes the cache as it waits", async () => {
    const cell = new FakeX86({ flags: 3, commandLine: "led-reg=0xfed00000 led-pin=4 pollute-cache" });
    cell.more.memory_limit = () => 0x100000;
    const toggles: number[] = [];
    const led: FakeRegion = {
      base: 0xfed00000n,
      size: 4,
      read: () => toggles.at(-1) ?? 0,
      write: (_offset, _width, value) => void toggles.push(value),
    };
    cell.regions.push(led);
    // It never waits: time passes with the looks at its cache's line size.
    const { cpuid } = cell.more;
    cell.more.cpuid = ((...asked: never[]) => {
      cell.pass(100_000n);
      if (toggles.length === 4 && cell.reply === 0) cell.send(SHUTDOWN);
      if (cell.reply === DENIED) cell.send(SHUTDOWN);
      return cpuid?.(...asked);
    }) as never;
    expect(cell.run(await demo)).toBeInstanceOf(Halt);
    expect(cell.putc).toContain("Cache pollution enabled");
    expect(toggles.slice(0, 4)).toEqual([16, 0, 16, 0]);
  });
});

describe("on either target", () => {
  test("ten times a second, locked, refusing the first shutdown request", async () => {
    const cell = await startInmate(import.meta.dirname);
    const [tsc, apic] = await cell.lines(2);
    expect(tsc).toMatch(/^Calibrated TSC frequency: \d+\.\d{3} kHz$/);
    expect(apic).toMatch(/^Calibrated APIC frequency: \d+ kHz$/);
    for (const line of await cell.lines(10)) expect(line.replace(/\d{7,}/g, "999999")).toMatch(LINE);
    expect(cell.state).toBe("running/locked");
    expect(await cell.shutdown()).toBe("refused");
    await cell.line(REFUSAL);
    await cell.line("Timer fired");
    expect(await cell.shutdown()).toBe("accepted");
    expect(cell.state).toBe("shut down");
    await cell.line("Stopped APIC demo");
  });

  test("pollutes the cache if it is asked to", async () => {
    const cell = await startInmate(import.meta.dirname, { args: "pollute-cache" });
    await cell.line("Cache pollution enabled");
    await cell.line("Timer fired");
  });
});
