import { expect, test } from "vitest";
import { board, boardWithGicv2, runInmate, values } from "./inmate.ts";

test("a cell reaches its own interrupts only", async () => {
  expect(values(await runInmate("gic"))).toMatchObject({
    // Its SPI 144 is bit 16 of the word from 128 on; SPI 32 to 63 are foreign.
    "enable-128": 0x10000n,
    "enable-32": 0n,
    "priority-144": 0xffn,
    "priority-32": 0n,
    "route-144": 1n,
    "route-36": 0n,
    // SGIs are always on, PPI 25 is the monitor's, and 26 here, too.
    "ppi-enable": 0xfbffffffn,
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

test.each([board, boardWithGicv2])(
  "more interrupts than list registers, an SPI and the timer all arrive: $name",
  async (board) => {
    const { lines, outcome } = await runInmate("interrupts", { board });
    expect(outcome.states).toEqual(["shut down"]);
    expect(lines).toContain("interrupt 0000000000000090");
    expect(lines).toContain("all 000000000000ffff");
    expect(lines.filter((line) => line === "interrupt 000000000000001b").length).toBeGreaterThanOrEqual(5);
  },
);

test.each([board, boardWithGicv2])(
  "an SGI that is sent while it is being handled is lost, as in real Jailhouse: $name",
  async (board) => {
    const seen = values(await runInmate("sgi-again", { board }));
    expect(seen).toEqual({ first: 5n, "while-handled": 1023n, afterwards: 5n });
  },
);
