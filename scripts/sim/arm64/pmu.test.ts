/** PMUv3's registers over counts that the test sets. */
import { expect, test } from "vitest";
import { ManualClock } from "../../../test/sim/manual-clock.ts";
import type { Counts } from "../memory-system/core.ts";
import { Pmu } from "./pmu.ts";

const [ENABLE, RESET_EVENTS, RESET_CYCLES] = [1, 2, 4];
const [L2_REFILL, CYCLES, SW_INCR] = [0x17, 0x11, 0];
const CYCLE_COUNTER = 2 ** 31;

function pmu() {
  const clock = new ManualClock();
  const counts: Counts = {
    ...{ l1Refills: 0, l1Writebacks: 0, l2Accesses: 0, l2Refills: 0, l2Writebacks: 0 },
    ...{ busReads: 0, busWrites: 0, readBytes: 0, writtenBytes: 0 },
  };
  const lines: boolean[] = [];
  const unit = new Pmu({
    ...{ clock, counters: 4, MHz: 1000 },
    activeTime: () => clock.now,
    counts: () => counts,
    setLine: (level) => {
      if (lines.at(-1) !== level) lines.push(level);
    },
  });
  return { unit, clock, counts, lines };
}

test("counters count while they are enabled, the whole unit is, and what they are set to", () => {
  const { unit, counts } = pmu();
  expect((unit.control >> 11) & 0x1f).toBe(4);
  unit.setEvent(0, L2_REFILL);
  unit.enable(1);
  counts.l2Refills += 5;
  expect(unit.count(0)).toBe(0);
  unit.control = ENABLE;
  counts.l2Refills += 7;
  counts.busReads += 3;
  expect(unit.count(0)).toBe(7);
  unit.setEvent(0, 0x19);
  counts.l2Refills += 100;
  counts.busWrites += 2;
  unit.disable(1);
  counts.busWrites += 50;
  expect(unit.count(0)).toBe(9);
  unit.control = ENABLE | RESET_EVENTS;
  expect(unit.count(0)).toBe(0);
  expect(unit.count(7)).toBe(0);
});

test("what common events there are is told, others stand still", () => {
  const { unit } = pmu();
  const has = (event: number) => ((unit.commonEvents(event >> 5) >> BigInt(event & 31)) & 1n) === 1n;
  expect([SW_INCR, 0x03, L2_REFILL, 0x19, CYCLES].map(has)).toEqual(Array(5).fill(true));
  // Instructions, accesses that the L1 has, and misses of a TLB.
  expect([0x08, 0x04, 0x2d].map(has)).toEqual([false, false, false]);
});

test("an overflow raises the line if it may, until it is cleared; the count goes on behind zero", () => {
  const { unit, counts, lines } = pmu();
  unit.setEvent(2, L2_REFILL);
  unit.setCount(2, 2 ** 32 - 10);
  unit.control = ENABLE;
  unit.enable(4);
  counts.l2Refills += 9;
  unit.check();
  expect([unit.overflows, lines]).toEqual([0, [false]]);
  counts.l2Refills += 3;
  unit.check();
  expect([unit.overflows, unit.count(2), lines]).toEqual([4, 2, [false]]);
  unit.interruptsOn(4);
  expect(lines).toEqual([false, true]);
  unit.clearOverflows(4);
  expect([unit.overflows, lines]).toEqual([0, [false, true, false]]);
});

test("SW_INCR reaches the counters of the mask that are set to it", () => {
  const { unit } = pmu();
  unit.control = ENABLE;
  unit.setEvent(1, L2_REFILL);
  unit.enable(0b111);
  unit.increment(0b011);
  expect([0, 1, 2].map((n) => unit.count(n))).toEqual([1, 0, 0]);
});

test("cycles go by with the CPU's time, and their overflow comes by itself", () => {
  const { unit, clock, lines } = pmu();
  unit.control = ENABLE | RESET_CYCLES;
  unit.enable(CYCLE_COUNTER);
  clock.advance(500);
  expect(unit.cycles).toBe(500n);
  unit.setEvent(3, CYCLES);
  unit.setCount(3, 2 ** 32 - 20_000);
  unit.interruptsOn(8);
  unit.enable(8);
  clock.advance(19_000);
  expect(lines.at(-1)).toBe(false);
  clock.advance(2000);
  expect([lines.at(-1), unit.overflows]).toEqual([true, 8]);
});
