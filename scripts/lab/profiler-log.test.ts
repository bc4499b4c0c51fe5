/** Any log, written here from jailhouse-abi 5.13's text, is read back, whatever its counters did. */
import { describe, expect, test } from "vitest";
import { random } from "../../test/lab/random.ts";
import { UserError } from "../errors.ts";
import { csvLines } from "./csv.ts";
import { controlOf, controlWord, decodeHeader, decodeSamples, differences, filterWord } from "./profiler-log.ts";

/** A log of samples whose counters rise by `steps` from `start`. */
function logOf(start: readonly number[], steps: readonly (readonly number[])[], control = 0xe700000000001000n): Buffer {
  const bytes = Buffer.alloc(24 * (steps.length + 2));
  bytes.writeBigUInt64LE(control, 0);
  bytes.writeBigUInt64LE(BigInt(steps.length + 1), 8);
  bytes.writeUInt32LE(41943039, 16);
  bytes.writeUInt16LE(0x2000, 20);
  bytes.writeUInt16LE(0xe007, 22);
  const counters = start.map(BigInt);
  for (let n = 0; n <= steps.length; n++) {
    bytes.writeUInt32LE(n, 24 * (n + 1));
    counters.forEach((value, i) => bytes.writeUInt32LE(Number(value & 0xffffffffn), 24 * (n + 1) + 4 + 4 * i));
    steps[n]?.forEach((step, i) => (counters[i]! += BigInt(step)));
  }
  return bytes;
}

test("the control word, bit by bit", () => {
  const none = { enabled: false, autostop: false, secondController: false, bytes: false, interval: 0 };
  expect(controlWord(none)).toBe(0xe700000000000000n);
  expect(controlWord({ ...none, enabled: true })).toBe(0xe700000000000001n);
  expect(controlWord({ ...none, autostop: true })).toBe(0xe700000000000002n);
  expect(controlWord({ ...none, secondController: true })).toBe(0xe700000000000004n);
  expect(controlWord({ ...none, bytes: true })).toBe(0xe700000000000008n);
  expect(controlWord({ ...none, interval: 0xffffffff })).toBe(0xe700000ffffffff0n);
  expect(filterWord({ value: 0x2000, mask: 0xe007 })).toBe(0xe0072000);
});

test.for(Array.from({ length: 200 }, (_, seed) => seed))("any control word is read as it was written (%i)", (seed) => {
  const { bit, below } = random(seed);
  const control = {
    ...{ enabled: bit(), autostop: bit(), secondController: bit(), bytes: bit() },
    interval: below(2 ** 32),
  };
  expect(controlOf(controlWord(control))).toEqual(control);
});

test.for(Array.from({ length: 200 }, (_, seed) => seed))("any log gives its steps, over every wrap (%i)", (seed) => {
  const { below } = random(seed);
  // Half of the steps are close to the most that 32 bits can tell.
  const step = () => (below(2) === 0 ? below(1000) : 2 ** 32 - 1 - below(1000));
  const start = Array.from({ length: 5 }, () => below(2 ** 32));
  const steps = Array.from({ length: below(60) }, () => Array.from({ length: 5 }, step));
  const bytes = logOf(start, steps);
  const { count, maxCount, axi } = decodeHeader(bytes);
  expect([count, maxCount, axi]).toEqual([steps.length + 1, 41943039, { value: 0x2000, mask: 0xe007 }]);
  const rows = [...differences(decodeSamples(bytes, count))];
  const told = rows.map((row) => [row.cpuCycles, row.dramCycles, row.busyCycles, row.reads, row.writes]);
  expect(told).toEqual(steps);
  expect(rows.map(({ index }) => index)).toEqual(steps.map((_, n) => n + 1));
  const cycles = steps.reduce((sum, [cpu]) => sum + cpu!, 0);
  expect(rows.at(-1)?.elapsed ?? 0).toBe(cycles);
});

test("a log may lie anywhere in a larger buffer", () => {
  const log = logOf([0, 0, 0, 0, 0], [[1, 2, 3, 4, 5]]);
  const larger = Buffer.concat([Buffer.alloc(3), log]);
  expect([...differences(decodeSamples(larger.subarray(3), 2))]).toMatchObject([{ cpuCycles: 1, writes: 5 }]);
});

describe("what is no log", () => {
  const log = logOf([0, 0, 0, 0, 0], Array(3).fill([1, 1, 1, 1, 1]));
  const changed = Buffer.from(log);
  changed.writeUInt32LE(7, 24 * 3);
  const unsigned = Buffer.from(log);
  unsigned[7] = 0x12;
  test.for<[Buffer, number, string]>([
    [log.subarray(0, 23), 0, "the profiler's log has 23 bytes, its header alone 24: collect it anew"],
    [unsigned, 4, "the profiler's log begins with the signature 0x12 instead of 0xe7: is the profiler running"],
    [log.subarray(0, 24 * 4 - 1), 4, "the profiler's log ends in sample 2 of 4: collect it anew"],
    [
      changed,
      4,
      "the profiler's log has index 7 in sample 2, where 2 is due: something else has written there, collect it anew",
    ],
  ])("%#", ([bytes, count, message]) => {
    expect(() => {
      decodeHeader(bytes);
      return [...decodeSamples(bytes, count)];
    }).toThrow(new UserError(message));
  });
});

test("columns have their units, times and rates that of the CPU's frequency", () => {
  const bytes = logOf(
    [0, 0, 0, 0, 0],
    [
      [1000, 500, 250, 6400, 3200],
      [3000, 1500, 0, 0, 96],
    ],
  );
  const rows = [...differences(decodeSamples(bytes, 3))];
  const csv = (options: Parameters<typeof csvLines>[1]) => [...csvLines(rows, options)].join("");
  expect(csv({ columns: "lab", bytes: true, cpuHz: 1.3e9 })).toBe(`\
time_ns,cpu_cycles,dram_cycles,busy_cycles,read_bytes,write_bytes,read_MB_per_s,write_MB_per_s
769.231,1000,500,250,6400,3200,8320,4160
3076.923,3000,1500,0,0,96,0,41.6
`);
  expect(csv({ columns: "lab", bytes: false, cpuHz: 1e9 })).toBe(`\
time_ns,cpu_cycles,dram_cycles,busy_cycles,read_transactions,write_transactions,read_Mtransactions_per_s,write_Mtransactions_per_s
1000,1000,500,250,6400,3200,6400,3200
4000,3000,1500,0,0,96,0,32
`);
  expect(csv({ columns: "stock", bytes: true, cpuHz: 1e9 })).toBe(`\
index,cpu_cycles,dram_cycles,busy,reads,writes
1,1000,500,250,6400,3200
2,3000,1500,0,0,96
`);
});
