import { existsSync } from "node:fs";
import { chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { packageVersion } from "../../scripts/root.ts";
import { folder, jhInmate, startJhInmate } from "../cli/cli.ts";
import { type Lab, LOG, profiler, STEP, s32, until } from "./memory.ts";

const on = ["lab", "profile", "--on", "ssh:board"];
const isEnabled = async ({ memory }: Lab) => ((await memory.read64(LOG)) & 1n) === 1n;

async function table(file: string): Promise<[header: string, rows: number[][]]> {
  const [header = "", ...lines] = (await readFile(file, "utf8")).trimEnd().split("\n");
  return [header, lines.map((line) => line.split(",").map(Number))];
}

test("samples until the log is full, and brings CSV and JSON", async () => {
  const lab = await s32();
  const seen = await profiler(lab.memory);
  const file = join(await folder(), "run.csv");
  const parameters = ["--max", "1000", "--interval", "512", "--controller", "1", "--bytes"];
  const filter = ["--axi-id", "0x1234", "--axi-mask", "0xfff0"];
  const { code, stdout, stderr } = await jhInmate([...on, ...parameters, ...filter, "-o", file], lab.target.env);
  expect(stderr).toBe(`${file}: 999 rows; jh-inmate lab plot ${file} draws them\n`);
  expect([stdout, code]).toEqual(["", 0]);
  // Enabled, autostop, MMDC1, bytes; the interval; the signature.
  expect(seen).toEqual([
    { control: (0xe7n << 56n) | (512n << 4n) | 0b1111n, maxCount: 1000, axiValue: 0x1234, axiMask: 0xfff0 },
  ]);
  const [header, rows] = await table(file);
  expect(header).toBe("time_ns,cpu_cycles,dram_cycles,busy_cycles,read_bytes,write_bytes,read_MB_per_s,write_MB_per_s");
  expect(rows).toHaveLength(999);
  // 70 reads of 32 bytes in 512 ns are 4375 MB/s.
  rows.forEach((row, n) => expect(row).toEqual([512 * (n + 1), 512, STEP.dram, STEP.busy, 2240, 320, 4375, 625]));
  const record = JSON.parse(await readFile(file.replace(".csv", ".json"), "utf8"));
  expect(record).toMatchObject({
    experiment: "profile",
    source: { kind: "hardware" },
    board: "s32v234sbc",
    cell: "S32 DRAM Profiler",
    on: "board",
    target: { kernel: "4.19.0", jailhouse: "Jailhouse management tool v0.12" },
    parameters: {
      ...{ controller: "MMDC1", intervalCycles: 512, maxSamples: 1000, counted: "bytes", seconds: null },
      ...{ axiId: 0x1234, axiMask: 0xfff0 },
    },
    cpuHz: { value: 1e9, from: "the board's data sheet" },
    samples: 1000,
    writtenBy: { jhInmate: packageVersion() },
  });
  expect(Math.abs(Date.now() - Date.parse(record.date))).toBeLessThan(600_000);
  expect(await lab.target.leftOvers()).toEqual(["1"]);
});

test("ends after its seconds, and takes what there is", async () => {
  const lab = await s32();
  const seen = await profiler(lab.memory);
  const file = join(await folder(), "run.csv");
  const { code, stderr } = await jhInmate([...on, "--seconds", "0.5", "--cpu-mhz", "500", "-o", file], lab.target.env);
  expect(stderr).toMatch(/ rows; /);
  expect(code).toBe(0);
  expect(await isEnabled(lab)).toBe(false);
  // 0x3c000000 bytes have room for so many; the filter is the stock tool's.
  expect(seen).toEqual([
    { control: (0xe7n << 56n) | (256n << 4n) | 0b0011n, maxCount: 41943039, axiValue: 0x2000, axiMask: 0xe007 },
  ]);
  const [header, rows] = await table(file);
  expect(header).toContain(",read_transactions,write_transactions,read_Mtransactions_per_s,");
  expect(rows.length).toBe(Number(await lab.memory.read64(LOG + 8)) - 1);
  // 256 cycles of 500 MHz are 512 ns.
  rows.forEach((row, n) => expect(row.slice(0, 6)).toEqual([512 * (n + 1), 256, STEP.dram, STEP.busy, 50, 20]));
});

test("the stock tool's columns", async () => {
  const lab = await s32();
  await profiler(lab.memory);
  const file = join(await folder(), "run.csv");
  const { code } = await jhInmate([...on, "--max", "3", "--columns", "stock", "-o", file], lab.target.env);
  expect(code).toBe(0);
  expect(await readFile(file, "utf8")).toBe(
    "index,cpu_cycles,dram_cycles,busy,reads,writes\n1,256,300,120,50,20\n2,256,300,120,50,20\n",
  );
});

test("Ctrl-C ends the sampling, and what there is comes", async () => {
  const lab = await s32();
  const seen = await profiler(lab.memory);
  const file = join(await folder(), "run.csv");
  const { child, finished } = startJhInmate([...on, "--model", "a test", "-o", file], lab.target.env);
  await until(async () => seen.length > 0 && (await lab.memory.read64(LOG + 8)) > 0n);
  child.kill("SIGINT");
  const { code, stderr } = await finished;
  expect(stderr).toMatch(/rows; /);
  expect(code).toBe(0);
  expect(await isEnabled(lab)).toBe(false);
  expect((await table(file))[1].length).toBeGreaterThan(98);
  expect(JSON.parse(await readFile(file.replace(".csv", ".json"), "utf8")).source).toEqual({
    ...{ kind: "model", name: "a test" },
  });
});

test("when the connection breaks, the target disables the profiler", async () => {
  const lab = await s32();
  const seen = await profiler(lab.memory);
  const file = join(await folder(), "run.csv");
  const { finished } = startJhInmate([...on, "-o", file], lab.target.env);
  await until(async () => seen.length > 0);
  expect(await isEnabled(lab)).toBe(true);
  process.kill(Number(await readFile(join(lab.target.dir, "session"), "utf8")), "SIGKILL");
  const { code, stderr } = await finished;
  expect(stderr.split("\n")[0]).toBe(
    "error: lost the connection to board: the target disables the cell itself, within a minute; nothing was collected",
  );
  expect(code).toBe(1);
  await until(async () => !(await isEnabled(lab)) && (await lab.target.leftOvers()).length === 1);
  expect(await isEnabled(lab)).toBe(false);
  expect(await lab.target.leftOvers()).toEqual(["1"]);
  expect(existsSync(file)).toBe(false);
});

test("a profiler that somebody has enabled is left alone, or taken over", async () => {
  const lab = await s32();
  await profiler(lab.memory);
  const theirs = (0xe7n << 56n) | (64n << 4n) | 1n;
  await lab.memory.write32(LOG + 16, 1e6);
  await lab.memory.write64(LOG, theirs);
  const file = join(await folder(), "run.csv");
  const alone = await jhInmate([...on, "--max", "10", "-o", file], lab.target.env);
  expect(alone.stderr).toBe(
    "error: board: cell S32 DRAM Profiler is enabled already: wait until whoever did it is done, or take over with --replace\n",
  );
  expect(alone.code).toBe(2);
  expect(await lab.memory.read64(LOG)).toBe(theirs);
  const over = await jhInmate([...on, "--max", "10", "--replace", "-o", file], lab.target.env);
  expect(over.code).toBe(0);
  expect((await table(file))[1]).toHaveLength(9);
});

test("a profiler that takes no sample", async () => {
  const lab = await s32();
  await profiler(lab.memory, { most: 0 });
  const file = join(await folder(), "run.csv");
  const { code, stderr } = await jhInmate([...on, "--seconds", "0.3", "-o", file], lab.target.env);
  expect(stderr).toBe(
    "error: the profiler on board took 0 samples, and 2 are the least: profile for longer, or look at cell S32 DRAM Profiler\n",
  );
  expect(code).toBe(1);
  expect(existsSync(file)).toBe(false);
});

test.for<[about: string, lab: () => Promise<Lab>, message: string]>([
  [
    "no signature",
    () => s32(),
    "board: at 0x100000000 is 0x00 where the profiler's signature 0xe7 is due: does cell S32 DRAM Profiler run the profiler, and is the system s32v234sbc-rootprof",
  ],
  [
    "no cell",
    () => s32({ cell: "other" }),
    "board has no cell S32 DRAM Profiler: run its program there first, jh-inmate run with --detach",
  ],
  [
    "a cell that does not run",
    () => s32({ state: "shut down" }),
    "cell S32 DRAM Profiler on board is shut down: run its program there first, jh-inmate run with --replace --detach",
  ],
  [
    "another board",
    () => s32({ rootCell: "Other" }),
    "board runs the root cell Other, and the experiment is for s32v234sbc (root cell NXP S32V234): use it on that board",
  ],
  [
    "no /dev/mem",
    () => s32({ settings: { STAND_IN_MEM: "/nowhere/mem" } }),
    "board: cannot reach /dev/mem: there is no /dev/mem: it needs a kernel with CONFIG_DEVMEM",
  ],
])("the target has %s", async ([, make, message]) => {
  const lab = await make();
  const { code, stderr } = await jhInmate([...on, "--seconds", "1", "-o", "never.csv"], lab.target.env);
  expect(stderr.split("\n")[0]).toBe(`error: ${message}`);
  expect(code).toBe(2);
  expect(await lab.memory.read64(LOG)).toBe(0n);
  expect(await lab.target.leftOvers()).toEqual(["1"]);
});

test("no program can run in the target's temporary folders", async () => {
  const lab = await s32();
  await profiler(lab.memory);
  // As a mount without exec: what is written there does not become a program.
  await writeFile(join(lab.target.dir, "bin/chmod"), "#!/bin/sh\n");
  await chmod(join(lab.target.dir, "bin/chmod"), 0o755);
  const { code, stderr } = await jhInmate([...on, "--max", "10", "-o", "never.csv"], lab.target.env);
  expect(stderr).toMatch(
    /^error: board: no program can run in \S+: mount \/tmp, \/dev\/shm, \/run or \/var\/tmp without noexec\n$/,
  );
  expect(code).toBe(2);
  expect(await isEnabled(lab)).toBe(false);
});

test("the second Ctrl-C does not wait for the log", async () => {
  const lab = await s32();
  // The profiler goes on counting for a while, so that the script waits for it.
  const seen = await profiler(lab.memory);
  let isOver = false;
  const { child, finished } = startJhInmate([...on, "-o", "never.csv"], lab.target.env);
  await until(async () => seen.length > 0);
  child.kill("SIGINT");
  const counting = (async () => {
    for (let n = 1n; !isOver; n++) await lab.memory.write64(LOG + 8, n % 40_000_000n);
  })();
  await until(async () => !(await isEnabled(lab)));
  child.kill("SIGINT");
  const { code, stderr } = await finished;
  isOver = true;
  await counting;
  expect(stderr).toBe("error: stopped: board disables the cell, nothing was collected\n");
  expect(code).toBe(1);
  expect(existsSync("never.csv")).toBe(false);
  await until(async () => (await lab.target.leftOvers()).length === 1);
  expect(await lab.target.leftOvers()).toEqual(["1"]);
});
