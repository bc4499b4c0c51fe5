import { startInmate } from "jh-inmate/test";
import { describe, expect, test } from "vitest";
import { jhInmate } from "../../test/cli/cli.ts";

test("a line for each working set", async () => {
  const args = ["run", "demos/bandwidth", "--board", "qemu-arm64", "--seconds", "60"];
  const { code, stdout } = await jhInmate([...args, "--args", "smallest=4096 largest=16384 traffic=65536"]);
  const [head, ...lines] = stdout.replaceAll("\r", "").trim().split("\n");
  expect(head).toBe("working set      read     write      copy  MB/s");
  expect(lines.map((line) => line.slice(0, 11))).toEqual(["      4 KiB", "      8 KiB", "     16 KiB"]);
  for (const line of lines) expect(line.slice(11)).toMatch(/^( +[1-9]\d*){3}$/);
  expect(code).toBe(0);
});

test("a set that the cell's RAM cannot hold twice", async () => {
  const args = ["run", "demos/bandwidth", "--board", "qemu-arm64", "--seconds", "10", "--args", "largest=0x800000"];
  const { code, stdout } = await jhInmate(args);
  expect(stdout).toMatch(/^\*\*\* ram\.take: 16384 KiB, and the cell has no more than \d+ KiB for data/);
  expect(code).toBe(1);
});

describe("on either target", () => {
  test("a line for each working set", async () => {
    const cell = await startInmate(import.meta.dirname, { args: "smallest=4096 largest=16384 traffic=65536" });
    const [head, ...lines] = await cell.lines(4);
    expect(head).toBe("working set      read     write      copy  MB/s");
    expect(lines.map((line) => line.slice(0, 11))).toEqual(["      4 KiB", "      8 KiB", "     16 KiB"]);
    for (const line of lines) expect(line.slice(11)).toMatch(/^( +[1-9]\d*){3}$/);
    expect(await cell.end()).toBe("shut down");
  });
});

test.runIf((process.env.JH_INMATE_ON ?? "sim") === "sim")("in the model reads fall where the L2 ends", async () => {
  const args = "smallest=0x40000 largest=0x200000 traffic=0x200000";
  const memory = { l2: { size: 512 << 10 }, dram: { latency: 100, spread: 0 } };
  const cell = await startInmate(import.meta.dirname, { args, memory });
  const reads = (await cell.lines(5)).slice(1).map((line) => Number(line.slice(11).trim().split(/ +/)[0]));
  // A turn of the loop takes 10 ns for 64 bytes; with five lines in flight the DRAM gives one each 20 ns, five in the latency.
  expect(reads[0]! / 6400).toBeCloseTo(1, 1);
  for (const each of reads.slice(2)) {
    // What the writes before have left in the caches goes back meanwhile.
    expect(each / 3200).toBeGreaterThan(0.85);
    expect(each / 3200).toBeLessThan(1.05);
  }
});
