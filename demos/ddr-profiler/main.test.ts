import { join } from "node:path";
import { startInmates } from "jh-inmate/test";
import { describe, expect, test } from "vitest";
import { checkImages } from "../../scripts/run/cellbox-machine.ts";
import { makeJob } from "../../scripts/run/jobs.ts";
import { runJobs } from "../../test/cellbox/inmate.ts";
import { jhInmate } from "../../test/cli/cli.ts";
import { FakeCell } from "../../test/fake-cell/cell.ts";
import { compileFolder } from "../../test/fake-cell/compile.ts";

test("takes the stock tool's orders from a cell beside it", async () => {
  const args = ["run", "demos/ddr-profiler", "demos/ddr-profiler/root", "--board", "qemu-arm64", "--seconds", "20"];
  const arguments_ = ["--args", "monitor=mmdc log-size=0x100000", "--expect", "profile read"];
  const { code, stdout } = await jhInmate([...args, ...arguments_]);
  const lines = stdout.replaceAll("\r", "").split("\n");
  expect(lines[0]).toBe("ddr-profiler | DDR profiler: MMDC, room for 43689 samples at 0x50000000");
  expect(lines.slice(1, 6).map((line) => line.replace(/^root +\| /, ""))).toEqual([
    "samples 10 filter e0072000 control 0",
    // Number, total and busy cycles, bytes read and written.
    "0 100 200 500 600",
    "1 100 200 500 600",
    "interval kept true",
    "profile read",
  ]);
  expect(code).toBe(0);
});

test.each([
  ["s32v234sbc", "s32v234sbc-prof"],
  ["zynqmp-zcu102", undefined],
])("loads into the cell of %s", async (board, cell) => {
  const job = await makeJob({ source: "demos/ddr-profiler", board, ...(cell === undefined ? {} : { cell }) });
  checkImages(job);
  expect(job.board.name).toBe(board);
});

test("samples in its stock cell on the S32V234 as cellbox plays it, whose memory controllers count nothing", async () => {
  const board = "s32v234sbc";
  const profiler = await makeJob({ source: "demos/ddr-profiler", board, cell: "s32v234sbc-prof" });
  const root = await makeJob({ source: "test/fixtures/inmates/profiler-root", board });
  const { consoles, outcome } = await runJobs([profiler, root], {}, (run, line) => {
    if (line.startsWith("2 ")) run.stop();
  });
  expect(consoles[1]?.map((line) => line.trimEnd())).toEqual([
    "signed",
    "samples 3",
    "0 0x0 0x0",
    "1 0x0 0x0",
    "2 0x0 0x0",
  ]);
  const isNone = (name: string, address: string) =>
    `cell S32 DRAM Profiler: ${name} at 0x${address} is not in the emulated machine: it reads as zero`;
  expect(outcome.notes.slice(0, 2)).toEqual([isNone("mmdc0", "40036000"), isNone("mmdc1", "400a2000")]);
});

const LOG = 0x50000000n;
const MMDC0 = 0x40036000n;
const MMDC1 = 0x400a2000n;
const APM = 0xfd0b0000n;
const SIGNATURE = 0xe7n << 56n;
const [ENABLED, AUTOSTOP, SECOND, BYTES] = [1n, 2n, 4n, 8n];
const INTERVAL = 100n;

interface Order {
  readonly control: bigint;
  readonly value?: number;
  readonly mask?: number;
  readonly most?: number;
}

/** A profiler whose root gives one order once it sees the signature, and ends the cell when it has been obeyed. */
async function profile(order: Order, commandLine: string, gicd?: bigint) {
  const cell = new FakeCell({ commandLine });
  if (gicd !== undefined) cell.comm.setBigUint64(72, gicd, true);
  const header = new DataView(new ArrayBuffer(24));
  const writes: string[] = [];
  let given = false;
  cell.onWait = () => {
    const control = header.getBigUint64(0, true);
    if (given && (control & ENABLED) === 0n) cell.send(1);
    if (given || control !== SIGNATURE) return;
    given = true;
    header.setUint32(16, order.most ?? 2, true);
    header.setUint16(20, order.value ?? 0, true);
    header.setUint16(22, order.mask ?? 0, true);
    header.setBigUint64(0, order.control | ENABLED | AUTOSTOP | (INTERVAL << 4n), true);
  };
  cell.regions.push({
    base: LOG,
    size: 24,
    read: (offset, width) => {
      if (width === 8) return header.getBigUint64(offset, true);
      return width === 4 ? header.getUint32(offset, true) : header.getUint16(offset, true);
    },
    write: (offset, width, value) =>
      width === 4 ? header.setUint32(offset, value, true) : header.setUint16(offset, value, true),
  });
  // What was not written reads as its offset.
  const written = new Map<string, number>();
  for (const [name, base] of Object.entries({ mmdc0: MMDC0, mmdc1: MMDC1, apm: APM })) {
    cell.regions.push({
      base,
      size: 0x1000,
      read: (offset) => {
        const register = `${name}.${offset.toString(16)}`;
        writes.push(`${register}?`);
        return written.get(register) ?? offset;
      },
      write: (offset, _width, value) => {
        const register = `${name}.${offset.toString(16)}`;
        writes.push(`${register}=${value.toString(16)}`);
        written.set(register, value);
      },
    });
  }
  let cycles = 0n;
  const nothing = () => undefined;
  Object.assign(cell.more, {
    pmu_version: () => 1,
    pmu_control: () => 4 << 11,
    ...{ pmu_disable: nothing, pmu_interrupts_off: nothing, pmu_clear_overflows: nothing, pmu_filter_cycles: nothing },
    ...{ pmu_set_control: nothing, pmu_enable: nothing, pmu_cycles: () => (cycles += 10n) },
  });
  cell.run(await compileFolder("demos/ddr-profiler"));
  return { cell, header, writes };
}

const logWords = (cell: FakeCell, from: number, count: number) =>
  Array.from({ length: count }, (_, i) => cell.ram.get(LOG + 24n + BigInt(from + 4 * i)) ?? 0);

describe("MMDC of the S32V234", () => {
  const S32V234 = 0x7d001000n;

  test("is what the board has; a run resets, filters, counts and stops", async () => {
    const { cell, header, writes } = await profile({ control: 0n, value: 0x2000, mask: 0xe007 }, "", S32V234);
    expect(cell.uart).toBe("DDR profiler: MMDC, room for 41943039 samples at 0x50000000\r\n");
    const sample = ["mmdc0.418?", "mmdc0.41c?", "mmdc0.420?", "mmdc0.424?"];
    const begin = ["mmdc0.414=e0072000", "mmdc0.410=a", "mmdc0.410=1"];
    expect(writes).toEqual([...begin, ...sample, ...sample, "mmdc0.410=0"]);
    expect(header.getBigUint64(8, true)).toBe(2n);
    // Autostop: what is left of the order, and the signature anew.
    expect(header.getBigUint64(0, true)).toBe(SIGNATURE | AUTOSTOP | (INTERVAL << 4n));
    const [number, cycles, ...counts] = logWords(cell, 24, 6);
    expect(number).toBe(1);
    expect(counts).toEqual([0x418, 0x41c, 0x420, 0x424]);
    expect((cycles ?? 0) - (logWords(cell, 0, 2)[1] ?? 0)).toBe(Number(INTERVAL));
  });

  test("the second controller, in bytes", async () => {
    const { writes } = await profile({ control: SECOND | BYTES, most: 1 }, "monitor=mmdc");
    expect(writes.slice(3)).toEqual(["mmdc1.418?", "mmdc1.41c?", "mmdc1.428?", "mmdc1.42c?", "mmdc1.410=0"]);
  });

  test("a log that is full ends the run", async () => {
    const { header } = await profile({ control: 0n, most: 0xffffffff }, "monitor=mmdc log-size=120");
    expect(header.getBigUint64(8, true)).toBe(4n);
  });
});

describe("APM of ZynqMP", () => {
  const ZYNQMP = 0xf9010000n;
  const selector = (writes: readonly string[]) => writes.filter((write) => write.startsWith("apm.44=")).at(-1);

  test("is what the board has; the CPU's slots are seen at first", async () => {
    const { cell, writes } = await profile({ control: BYTES, most: 1 }, "log-size=0x10000", ZYNQMP);
    expect(cell.uart).toBe("DDR profiler: APM, room for 1023 samples at 0x50000000\r\n");
    expect(writes[0]).toBe("apm.300=20002");
    // Slots 1 and 2, metrics 3 and 2: read and written bytes.
    expect(selector(writes)).toBe("apm.44=42432223");
    const sample = ["apm.2c?", "apm.4?", "apm.200?", "apm.210?", "apm.220?", "apm.230?"];
    expect(writes.slice(-9)).toEqual(["apm.28=0", "apm.300=10001", ...sample, "apm.300=0"]);
    expect(logWords(cell, 0, 9).slice(2)).toEqual([0x4, 4, 0x200, 0x210, 0x220, 0x230, 0]);
  });

  test.each([
    ["transactions of all slots: the sixth finds no counter", { control: 0n, value: 0x3f }, 10],
    ["bytes and transactions of one slot", { control: 0n, value: 1, mask: 1 }, 4],
    ["bytes and transactions of all: two slots", { control: 0n, value: 0x3f, mask: 1 }, 8],
    ["no slot that there is", { control: 0n, value: 0x40 }, 0],
  ])("%s", async (_, order, counters) => {
    const { cell } = await profile({ most: 1, ...order }, "monitor=apm");
    expect(logWords(cell, 12, 1)).toEqual([counters]);
  });

  test("selectors hold slot and metric of four counters each", async () => {
    const { writes } = await profile({ control: 0n, value: 1 << 5, mask: 1, most: 1 }, "monitor=apm");
    expect(selector(writes)).toBe("apm.44=a0a1a2a3");
  });
});

test("a board that is not known, and no argument", async () => {
  const cell = new FakeCell({ commandLine: "log-size=0x1000" });
  expect(cell.run(await compileFolder("demos/ddr-profiler"))).toMatchObject({ kind: 20 });
  expect(cell.uart.split("\r\n")[0]).toBe(
    "*** ddr-profiler: this board's DRAM monitor is not known: give monitor=mmdc (S32V234) or monitor=apm (ZynqMP)",
  );
});

describe("on either target", () => {
  test("takes the stock tool's orders from a cell beside it", async () => {
    const here = import.meta.dirname;
    const profiler = { dir: here, args: "monitor=mmdc log-size=0x100000" };
    const [cell, root] = await startInmates([profiler, join(here, "root")], { board: "qemu-arm64" });
    await root!.line(/^profile read$/, { within: 20_000 });
    await cell!.lines(1);
    expect(cell!.console).toBe("DDR profiler: MMDC, room for 43689 samples at 0x50000000\n");
    expect(root!.console.trimEnd().split("\n")).toEqual([
      "samples 10 filter e0072000 control 0",
      "0 100 200 500 600",
      "1 100 200 500 600",
      "interval kept true",
      "profile read",
    ]);
  });
});
