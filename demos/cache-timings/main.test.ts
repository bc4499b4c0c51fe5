import { startInmate } from "jh-inmate/test";
import { describe, expect, test } from "vitest";
import { Halt } from "../../test/fake-cell/cell.ts";
import { compileFolder } from "../../test/fake-cell/compile.ts";
import { FakeX86 } from "../../test/fake-cell/x86.ts";

test("takes the overhead off", async () => {
  const cell = new FakeX86({ flags: 3 });
  // A flushed word takes 200 ticks, another 4.
  let flushed = false;
  let counter = 0n;
  Object.assign(cell.more, {
    counter: () => (counter += 10n),
    flush_line: () => {
      flushed = true;
    },
    barrier_load: () => {},
    atomic_load32: () => {
      counter += flushed ? 200n : 4n;
      flushed = false;
      return 0;
    },
  });
  expect(cell.run(await compileFolder("demos/cache-timings", "x86"))).toBeInstanceOf(Halt);
  expect(cell.putc.split("\r\n")).toEqual([
    "Measurement rounds: 10000000",
    "Determining measurement overhead...",
    "  -> Average measurement overhead: 10 cycles",
    "Measuring uncached memory access...",
    "  -> Average uncached memory access: 200 cycles",
    "Measuring cached memory access...",
    "  -> Average cached memory access: 4 cycles",
    "",
  ]);
});

describe("on either target", () => {
  test("measures in three rounds", async () => {
    const cell = await startInmate(import.meta.dirname);
    // QEMU needs seconds for ten million rounds.
    const lines = await cell.lines(7, { within: 15_000 });
    expect(lines.map((line) => line.replace(/-?\d+ cycles/, "N cycles"))).toEqual([
      "Measurement rounds: 10000000",
      "Determining measurement overhead...",
      "  -> Average measurement overhead: N cycles",
      "Measuring uncached memory access...",
      "  -> Average uncached memory access: N cycles",
      "Measuring cached memory access...",
      "  -> Average cached memory access: N cycles",
    ]);
    expect(await cell.end()).toBe("shut down");
  });
});
