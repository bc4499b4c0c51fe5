import { readFile, stat } from "node:fs/promises";
import { startInmate } from "jh-inmate/test";
import { describe, expect, test } from "vitest";
import { jhInmate } from "../../test/cli/cli.ts";
import { FakeCell } from "../../test/fake-cell/cell.ts";
import { compile } from "../../test/fake-cell/compile.ts";

const LINE = /^Timer fired, jitter: [ \d]{5}\d ns, min: [ \d]{5}\d ns, max: [ \d]{5}\d ns$/;

test("prints the stock demo's lines ten times a second, from an image of at most 10 KiB", async () => {
  const { code, stdout } = await jhInmate(["run", "demos/gic-demo", "--board", "qemu-arm64", "--seconds", "3"]);
  // The last one may be cut off where the time was up.
  const lines = stdout.replaceAll("\r", "").split("\n").slice(0, -1);
  expect(lines.slice(0, 2)).toEqual(["Initializing the GIC...", "Initializing the timer..."]);
  expect(lines.length - 2).toBeGreaterThanOrEqual(25);
  expect(lines.length - 2).toBeLessThanOrEqual(30);
  for (const line of lines.slice(2)) expect(line.replace(/\d{7,}/g, "999999")).toMatch(LINE);
  expect(code).toBe(0);

  const image = new URL("dist/qemu-arm64/gic-demo.bin", import.meta.url);
  expect((await stat(image)).size).toBeLessThanOrEqual(10 * 1024);
});

test("does not drift, and toggles the LED", async () => {
  const main = await readFile(new URL("main.ts", import.meta.url), "utf8");
  const cell = new FakeCell({ commandLine: "led-reg=0x7000 led-pin=5" });
  const interrupts: bigint[] = [];
  cell.onWait = () => {
    if (cell.writes.length > interrupts.length) interrupts.push(cell.counter);
    if (interrupts.length === 20) cell.send(1);
  };
  cell.run(await compile(main));
  expect(cell.writes.slice(0, 20)).toEqual(Array(20).fill("7000=20"));
  const beat = BigInt(cell.hz / 10);
  const span = (interrupts.at(-1) as bigint) - (interrupts[0] as bigint);
  expect(Number(span - 19n * beat)).toBeLessThan(Number(beat) / 50);
});

describe("on either target", () => {
  test("prints the stock demo's lines ten times a second, until it is shut down", async () => {
    const cell = await startInmate(import.meta.dirname);
    expect(await cell.lines(2)).toEqual(["Initializing the GIC...", "Initializing the timer..."]);
    for (const line of await cell.lines(10)) expect(line.replace(/\d{7,}/g, "999999")).toMatch(LINE);
    expect(await cell.shutdown()).toBe("accepted");
    expect(cell.state).toBe("shut down");
  });

  test("its minimum only falls and its maximum only rises", async () => {
    const cell = await startInmate(import.meta.dirname);
    await cell.lines(2);
    const lines = (await cell.lines(10)).map((line) => line.match(/\d+/g)?.map(Number) ?? []);
    const [first, ...others] = lines as [number, number, number][];
    expect(first).toEqual([first?.[0], first?.[0], first?.[0]]);
    others.forEach(([late, least, most], i) => {
      const [, leastBefore, mostBefore] = lines[i] as [number, number, number];
      expect([least, most]).toEqual([Math.min(late, leastBefore), Math.max(late, mostBefore)]);
    });
  });

  test("an LED at no address is told of and left out", async () => {
    const cell = await startInmate(import.meta.dirname, { args: "led-pin=five" });
    await cell.line('*** argument "led-pin=five" is not understood: its default is used');
    await cell.line("Timer fired");
  });
});
