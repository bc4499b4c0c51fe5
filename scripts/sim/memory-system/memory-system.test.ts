/** The parts of the model, by figures that can be worked out by hand. */
import { describe, expect, test } from "vitest";
import { colorMask, findBoard } from "../../../boards/index.ts";
import { ColoredPages } from "../colored-pages.ts";
import { Cache } from "./cache.ts";
import type { Core } from "./core.ts";
import { Dram } from "./dram.ts";
import { MemorySystem } from "./memory-system.ts";
import { colorsOfL2, type MemoryOptions, memoryParameters } from "./parameters.ts";
import { Streams } from "./streams.ts";

const BANK = { address: 0, size: 2 ** 40, ports: 1, interleave: 4096 };
/** Easy to reckon with: 64 ns a line, 100 ns until it is there. */
const DRAM = { latency: 100, spread: 0, bandwidth: 1, MHz: 500 };
const system = (options: MemoryOptions = {}) =>
  new MemorySystem(memoryParameters("zynqmp-zcu102", { banks: [BANK], dram: DRAM, ...options }));

describe("a cache", () => {
  test("replaces the line of a set that was used longest ago, and tells of dirty ones", () => {
    const cache = new Cache({ size: 4 * 2 * 64, ways: 2 }, 64);
    expect(cache.touch(0, false)).toBe(false);
    expect(cache.fill(0, true)).toBeUndefined();
    expect(cache.fill(4, false)).toBeUndefined();
    expect(cache.touch(0, false)).toBe(true);
    // Set 0 is full of 0 and 4, and 4 was used before 0.
    expect(cache.fill(8, false)).toBeUndefined();
    expect([0, 4, 8].map((line) => cache.touch(line, false))).toEqual([true, false, true]);
    expect(cache.fill(12, false)).toBe(0);
    expect(cache.touch(1, false)).toBe(false);
  });

  test("line numbers beyond 32 bits are told apart", () => {
    const cache = new Cache({ size: 1024, ways: 4 }, 64);
    cache.fill(2 ** 33 + 1, false);
    expect([1, 2 ** 33 + 1, 2 ** 32 + 1].map((line) => cache.touch(line, false))).toEqual([false, true, false]);
  });
});

describe("DRAM", () => {
  const dram = () => new Dram(BANK, DRAM);
  test("serves one line after the other, and the answer comes a latency after its turn", () => {
    const one = dram();
    expect([0, 0, 10, 1000].map((time) => one.request(0, 0, 64, false, time))).toEqual([100, 164, 228, 1100]);
    expect(one.busy).toBe(4 * 64);
  });
  test("who comes with an earlier time gets the first gap that is wide enough", () => {
    const one = dram();
    one.request(0, 0, 64, false, 1000);
    one.request(0, 0, 64, false, 1100);
    expect([960, 1070, 900].map((time) => one.request(1, 0, 64, false, time) - 100)).toEqual([1164, 1228, 900]);
  });
  test("the spread has the latency as its mean, and is the same on every run", () => {
    const run = () => {
      const one = new Dram(BANK, { ...DRAM, spread: 0.2 });
      return Array.from({ length: 2000 }, (_, n) => one.request(0, 0, 64, false, 1000 * n) - 1000 * n);
    };
    const times = run();
    expect(run()).toEqual(times);
    expect(times.reduce((sum, time) => sum + time, 0) / times.length).toBeCloseTo(100, 0);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(80);
    expect(Math.max(...times)).toBeLessThanOrEqual(120);
  });
  test("traffic is told by CPU and by port", () => {
    const one = new Dram({ ...BANK, ports: 2 }, DRAM);
    one.request(1, 0x0000, 64, false, 0);
    one.request(1, 0x1000, 64, true, 0);
    one.request(2, 0x1040, 4, true, 0);
    expect(one.traffic((cpu) => cpu === 1)).toEqual({ reads: 1, writes: 1, readBytes: 64, writtenBytes: 64 });
    expect(one.traffic(() => true, 1)).toEqual({ reads: 0, writes: 2, readBytes: 0, writtenBytes: 68 });
  });
});

test("a prefetcher sees the third line of a sequence coming, upwards, downwards, and of two at once", () => {
  const follow = (lines: readonly number[]) => {
    const streams = new Streams(2);
    return lines.map((line) => streams.follows(line));
  };
  expect(follow([10, 11, 12, 13])).toEqual([false, false, true, true]);
  expect(follow([10, 8, 6, 4])).toEqual([false, false, true, true]);
  expect(follow([10, 500, 11, 501, 12, 502])).toEqual([false, false, false, false, true, true]);
  expect(follow([10, 90, 20, 300, 7, 45])).toEqual(Array(6).fill(false));
});

describe("a core", () => {
  const loads = (core: Core, lines: readonly number[], write = false) => {
    let time = 0;
    return lines.map((line) => {
      const before = time;
      time = core.access(line * 64, write, time);
      return time - before;
    });
  };
  test("waits for the DRAM, for the L2, and not for what its L1 has", () => {
    const core = system().core(0);
    expect(loads(core, [1000, 1000])).toEqual([100, 0]);
    // 128 sets of 4 ways in the L1: the fifth of a set throws the first out, which the L2 has.
    loads(
      core,
      [1, 2, 3, 4].map((n) => 1000 + 128 * n),
    );
    expect(loads(core, [1000])).toEqual([12.5]);
    expect(core.counts).toMatchObject({ l1Refills: 6, l2Accesses: 6, l2Refills: 5, busReads: 5, readBytes: 320 });
  });
  test("stores do not wait, until as many lines as it can have are in flight", () => {
    const core = system({ dram: { ...DRAM, bandwidth: 64 } }).core(0);
    const stored = loads(core, [1, 1001, 2001, 3001, 4001, 5001], true);
    expect(stored.slice(0, 4)).toEqual([0, 0, 0, 0]);
    // The fifth makes it wait for the first, 100 ns after it was asked for; from then on one at a time.
    expect(stored[4]).toBeCloseTo(100, 0);
  });
  test("dirty lines go back, and take the DRAM's time", () => {
    const small = system({ l1: { size: 128, ways: 1 }, l2: { size: 256, ways: 1, latency: 10 } });
    const core = small.core(0);
    loads(core, [0, 4, 8], true);
    // 0 is dirty in the L2 when 8 comes; 4, which the L1 gives back then, finds its place taken by 8, which is clean.
    expect(core.counts).toMatchObject({ l1Writebacks: 2, l2Writebacks: 1, busWrites: 1, writtenBytes: 64 });
    expect(small.drams[0]!.busy).toBe((3 + 1) * 64);
  });
  test("CPUs of a cluster share the L2, those of another one do not", () => {
    const two = system({ cpusPerL2: 2 });
    const [a, b, c] = [0, 1, 2].map((n) => two.core(n));
    loads(a!, [7]);
    expect(loads(b!, [7])).toEqual([12.5]);
    expect(loads(c!, [7])[0]).toBeGreaterThan(100);
  });
  test("device memory goes by the caches in its own size", () => {
    const one = system();
    const core = one.core(0);
    expect(core.accessUncached(0x100, 4, false, 0)).toBe(100);
    expect(core.accessUncached(0x100, 4, false, 200)).toBe(300);
    expect(core.accessUncached(0x104, 8, true, 400)).toBe(400);
    expect(core.counts).toMatchObject({ l1Refills: 0, l2Accesses: 0, readBytes: 8, writtenBytes: 8 });
  });
});

describe("colours", () => {
  const region = (colors: readonly number[]) => ({
    ...{ physical: 0x800000000n, address: 0n, size: 0x100000n, flags: [] },
    colors: colorMask(colors, 16),
  });
  test("pages of a period's runs follow each other, jailhouse-abi 6.2", () => {
    const pages = new ColoredPages(region([0, 1, 12]), 16);
    const places = [0, 1, 2, 3, 4, 5, 6].map((page) => (pages.physicalOf(page * 4096 + 8) - 0x800000008) / 4096);
    expect(places).toEqual([0, 1, 12, 16, 17, 28, 32]);
  });
  test("cells of different colours meet in no set of the L2", () => {
    const parameters = memoryParameters("zynqmp-zcu102");
    expect(colorsOfL2(parameters)).toBe(findBoard("zynqmp-zcu102").colors);
    const setsOf = (colors: readonly number[]) => {
      const pages = new ColoredPages(region(colors), colorsOfL2(parameters));
      const lines = Array.from({ length: 0x100000 / 64 }, (_, n) => pages.physicalOf(n * 64) / 64);
      return new Set(lines.map((line) => line % (parameters.l2.size / parameters.l2.ways / 64)));
    };
    const [mine, yours] = [setsOf([8, 9, 15]), setsOf([0, 1, 7])];
    expect([mine.size, yours.size]).toEqual([3 * 64, 3 * 64]);
    expect([...mine].filter((set) => yours.has(set))).toEqual([]);
  });
});

test.each([
  [{ cpuMHz: 0 }, "memory: cpuMHz is 0: give a number above 0"],
  [{ dram: { bandwidth: -1 } }, "memory: dram.bandwidth is -1: give a number above 0"],
  [{ dram: { spread: 1 } }, "memory: dram.spread is 1: give a number from 0 to below 1"],
  [{ outstanding: 2.5 }, "memory: outstanding is 2.5: give a whole number"],
  [
    { l2: { size: 3 << 18 } },
    "memory: l2 of 786432 bytes in 16 ways with lines of 64 has 768 sets: give a power of two of them",
  ],
])("%o cannot be", (options, message) => {
  expect(() => memoryParameters("zynqmp-zcu102", options)).toThrow(message);
});
