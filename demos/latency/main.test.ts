import { startInmate } from "jh-inmate/test";
import { describe, expect, test } from "vitest";
import { jhInmate } from "../../test/cli/cli.ts";
import { FakeCell, Halt } from "../../test/fake-cell/cell.ts";
import { compileFolder } from "../../test/fake-cell/compile.ts";

test("a line for each working set", async () => {
  const args = ["run", "demos/latency", "--board", "qemu-arm64", "--seconds", "60"];
  const { code, stdout } = await jhInmate([...args, "--args", "largest=16384 loads=10000"]);
  const [head, ...lines] = stdout.replaceAll("\r", "").trim().split("\n");
  expect(head).toBe("working set   one load, ns");
  expect(lines.map((line) => line.slice(0, 11))).toEqual(["      4 KiB", "      8 KiB", "     16 KiB"]);
  for (const line of lines) expect(line.slice(11)).toMatch(/^ +\d+\.\d$/);
  expect(code).toBe(0);
});

test("the ring leads through all lines, and what it costs is divided by the loads", async () => {
  const cell = new FakeCell({ commandLine: "smallest=4096 largest=4096 loads=64", hz: 1_000_000_000 });
  const words = new Map<bigint, bigint>();
  const visited: bigint[] = [];
  let base = 0n;
  Object.assign(cell.more, {
    memory_limit: () => 0x10000,
    physical: (pointer: number) => BigInt(pointer),
    map_ram: (physical: bigint) => {
      base = physical;
      return physical;
    },
    store64: (address: bigint, value: bigint) => void words.set(address, value),
    load64: (address: bigint) => {
      visited.push(address - base);
      cell.counter += 5n;
      return words.get(address) ?? 0n;
    },
  });
  expect(cell.run(await compileFolder("demos/latency"))).toBeInstanceOf(Halt);
  // Behind the shuffle's two loads for each line but one: the first round, then the measured one.
  const round = visited.slice(-64);
  expect(new Set(round).size).toBe(64);
  expect(round[0]).toBe(0n);
  expect(visited.slice(-128, -64)).toEqual(round);
  // 64 loads of 5 ns, and the look at the counter.
  expect(cell.uart.split("\r\n")[1]).toBe("      4 KiB         5.1");
});

describe("on either target", () => {
  test("a line for each working set", async () => {
    const cell = await startInmate(import.meta.dirname, { args: "largest=16384 loads=10000" });
    const [head, ...lines] = await cell.lines(4);
    expect(head).toBe("working set   one load, ns");
    expect(lines.map((line) => line.slice(0, 11))).toEqual(["      4 KiB", "      8 KiB", "     16 KiB"]);
    for (const line of lines) expect(line.slice(11)).toMatch(/^ +\d+\.\d$/);
    expect(await cell.end()).toBe("shut down");
  });
});

test.runIf((process.env.JH_INMATE_ON ?? "sim") === "sim")(
  "in the model there are steps at the ends of L1 and L2",
  async () => {
    const memory = { l2: { latency: 20 }, dram: { latency: 200, spread: 0 } };
    const cell = await startInmate(import.meta.dirname, { args: "smallest=0x8000 loads=10000", memory });
    const lines = (await cell.lines(9)).slice(1);
    // Besides, a turn of the loop takes 10 ns.
    const [l1, l2, dram] = ["10.0", "30.0", "210.0"].map((ns) => Number(ns));
    expect(lines.map((line) => Math.round(Number(line.slice(11))))).toEqual([l1, l2, l2, l2, l2, l2, dram, dram]);
  },
);
