import { expect, test } from "vitest";
import { runInmate, values } from "./inmate.ts";

test("a cell reaches its own interrupts only", async () => {
  expect(values(await runInmate("gic"))).toMatchObject({
    // Its SPI 144 is bit 16 of the word from 128 on; SPI 32 to 63 are foreign.
    "enable-128": 0x10000n,
    "enable-32": 0n,
    "priority-144": 0xffn,
    "priority-32": 0n,
    "route-144": 1n,
    "route-36": 0n,
    // SGIs 0 and 1 and the PPIs 25 and 26 are the monitor's.
    "ppi-enable": 0xf9fffffcn,
  });
});

test("the distributor stays on, and foreign redistributors can be told from the own one", async () => {
  const seen = values(await runInmate("gic"));
  expect(seen["ctlr-after-write"]).toBe(seen.ctlr);
  const last = 1n << 4n;
  const affinity = (typer: bigint) => typer >> 32n;
  expect(affinity(seen["typer-0"] ?? -1n)).toBe(0n);
  expect((seen["typer-0"] ?? 0n) & last).toBe(0n);
  expect(affinity(seen["typer-1"] ?? 0n)).toBe(1n);
  expect((seen["typer-1"] ?? 0n) & last).toBe(last);
  expect((seen["pidr2-1"] ?? 0n) & 0xf0n).toBe(0x30n);
});

test("more interrupts than list registers, an SPI and the timer all arrive", async () => {
  const { lines, outcome } = await runInmate("interrupts");
  expect(outcome.states).toEqual(["shut down"]);
  expect(lines).toContain("interrupt 0000000000000090");
  expect(lines).toContain("all 000000000000ffff");
  expect(lines.filter((line) => line === "interrupt 000000000000001b").length).toBeGreaterThanOrEqual(5);
});
