/** Hypercalls 10 to 12 of the real-time fork. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { packageRoot } from "../../root.ts";
import { simulate } from "../index-node.ts";
import type { Arm64Machine } from "./machine.ts";
import { Memguard } from "./memguard.ts";
import { Qos } from "./qos.ts";

const decode = (result: bigint) => ({
  error: result & 1n,
  events: Number((result >> 1n) & 0xffffffffn),
  microseconds: Number((result >> 33n) & 0xffffffn),
  overBudget: (result >> 62n) & 1n,
  overTime: (result >> 63n) & 1n,
});

function memguard() {
  const state = { now: 0, refills: 0, held: false };
  const unit = new Memguard({
    now: () => state.now,
    refills: () => state.refills,
    holdInterrupts: (yes) => {
      state.held = yes;
    },
  });
  /** A refill that ends at a time: when the CPU goes on. */
  const refill = (time: number) => {
    state.refills++;
    state.now = unit.after(time);
    return state.now;
  };
  return { unit, state, refill };
}

describe("MemGuard", () => {
  test("one refill more than the budget, then the CPU stands still until the period ends", () => {
    const { unit, refill, state } = memguard();
    state.now = 500;
    expect(decode(unit.call(10n, 3n, 1n))).toEqual({
      error: 0n,
      events: 0,
      microseconds: 0,
      overBudget: 0n,
      overTime: 0n,
    });
    expect([1000, 2000, 3000, 4000].map(refill)).toEqual([1000, 2000, 3000, 10_500]);
    // The budget is there anew.
    expect([11_000, 12_000, 13_000, 14_000].map(refill)).toEqual([11_000, 12_000, 13_000, 20_500]);
    expect(decode(unit.call(0n, 0n, 0n))).toEqual({
      error: 0n,
      events: 8,
      microseconds: 20,
      overBudget: 1n,
      overTime: 1n,
    });
    expect([21_000, 22_000, 23_000, 24_000, 25_000].map(refill)).toEqual([21_000, 22_000, 23_000, 24_000, 25_000]);
  });

  test("refills count for the period in which they are, however long nothing happened before", () => {
    const { unit, refill } = memguard();
    unit.call(10n, 2n, 1n);
    expect([9000, 9500, 10_001, 10_002, 35_000, 35_001, 35_002].map(refill)).toEqual([
      ...[9000, 9500, 10_001, 10_002],
      ...[35_000, 35_001, 40_000],
    ]);
  });

  test("not periodic, overruns are told and nothing else", () => {
    const { unit, refill, state } = memguard();
    unit.call(10n, 1n, 0n);
    expect([1000, 2000, 3000].map(refill)).toEqual([1000, 2000, 3000]);
    expect(decode(unit.call(10n, 5n, 0n))).toMatchObject({ events: 3, microseconds: 3, overBudget: 1n, overTime: 0n });
    state.now = 15_000;
    expect(decode(unit.call(0n, 0n, 0n))).toMatchObject({ events: 0, microseconds: 12, overBudget: 0n, overTime: 1n });
  });

  test("a period of 0 is an error with PERIODIC, and turns off; times and events do not wrap", () => {
    const { unit, refill, state } = memguard();
    unit.call(10n, 1n, 1n);
    expect(decode(unit.call(0n, 5n, 1n)).error).toBe(1n);
    expect([1000, 2000, 3000].map(refill)).toEqual([1000, 2000, 3000]);
    unit.call(10n, 1n, 0n);
    state.now += 20e9;
    state.refills += 2 ** 33;
    expect(decode(unit.call(0n, 0n, 0n))).toMatchObject({ events: 0xffffffff, microseconds: 0xffffff });
  });

  test("MASK_INT holds the cell's interrupts back until the next call", () => {
    const { unit, state } = memguard();
    unit.call(10n, 1n, 2n);
    expect(state.held).toBe(true);
    unit.call(0n, 0n, 0n);
    expect(state.held).toBe(false);
  });
});

describe("QoS", () => {
  /** A setting: device, parameter, value. */
  function settings(...all: readonly (readonly [string, string, number])[]): [DataView, number] {
    const bytes = new Uint8Array(36 * all.length);
    const view = new DataView(bytes.buffer);
    for (const [i, [device, parameter, value]] of all.entries()) {
      bytes.set(new TextEncoder().encode(device), 36 * i);
      bytes.set(new TextEncoder().encode(parameter), 36 * i + 15);
      view.setUint32(36 * i + 32, value, true);
    }
    return [view, all.length];
  }
  test("fields are changed, and the control register has the enables of this call", () => {
    const qos = new Qos("zynqmp-zcu102");
    expect(qos.call(...settings(["gpu", "ar_p", 0x80], ["", "ar_r", 0x100], ["sata", "aw_max_otf", 0x1ff]))).toBe(0);
    expect([qos.register("gpu", 0x24), qos.register("gpu", 0x2c), qos.register("gpu", 0xc)]).toEqual([
      0x80000000, 0x10000000, 2,
    ]);
    expect([qos.register("sata", 0x10), qos.register("sata", 0xc)]).toEqual([0xff, 1 << 5]);
    qos.call(...settings(["gpu", "aw_tgt_latency", 5]));
    expect([qos.register("gpu", 0x24), qos.register("gpu", 0xc)]).toEqual([0x80000000, 1 << 3]);
    expect(qos.call(...settings(["disable", "", 0]))).toBe(0);
    expect([qos.register("gpu", 0xc), qos.register("sata", 0xc)]).toEqual([0, 0]);
  });
  test.each([
    ["a device of another SoC", ["cores", "ar_p", 1], -19],
    ["no parameter", ["gpu", "ar_x", 1], -22],
    ["no device before", ["", "ar_p", 1], -19],
  ] as const)("%s", (_, setting, result) => {
    expect(new Qos("zynqmp-zcu102").call(...settings(setting))).toBe(result);
  });
});

const demo = (name: string, cell: string) =>
  simulate(join(packageRoot, "demos", name), { board: "zynqmp-zcu102", cell });

test("a bomb with a budget: refills in a millisecond are one more than that", async () => {
  const bomb = await demo("mem-bomb", "zynqmp-zcu102-bomb0");
  const [counts] = bomb.memoryCounts.values();
  bomb.memory.write32(0x500004, 4 << 20);
  bomb.memory.write32(0x500008, 1000);
  bomb.memory.write32(0x500000, 3);
  bomb.advance(10);
  const before = counts!.l2Refills;
  bomb.advance(50);
  expect(counts!.l2Refills - before).toBe(50 * 1001);
  const { fork } = bomb.machine as Arm64Machine;
  expect(fork?.memguard(bomb.machine.engine.cpus[0]!).stops).toBe(60);
  // The three translations that the stock bomb asks for go to the hypervisor's console.
  const said = bomb.trace.flatMap((event) => (event.kind === "warning" ? [event.what] : []));
  expect(said).toEqual([
    expect.stringMatching(/^0xffffffffc0[0-9a-f]{6} translates to 0xff[0-9a-f]+b80$/),
    "0x7500000 translates to 0x80f",
    "0x6500000 translates to 0x80f",
  ]);
});

test("memguard-demo takes the hypervisor's, which leaves four counters to the cell", async () => {
  const sim = await demo("memguard-demo", "zynqmp-zcu102-bomb0");
  while (!sim.hasEnded && sim.now < 1000) sim.advance(10);
  expect(sim.lines[0]).toBe("MemGuard of the hypervisor");
  const [, events, us] = /^(\d+) events in (\d+) us, budget used up$/.exec(sim.lines[3] ?? "") ?? [];
  expect(Number(us)).toBeGreaterThan(99_000);
  expect(Math.abs(Number(events) / Number(us) - 1.001)).toBeLessThan(0.02);
  expect(((sim.machine as Arm64Machine).pmuOf(0).control >> 11) & 0x1f).toBe(4);
});
