/** ddr-profiler beside a bomb: what it has logged is what the bomb has moved in the model, to the byte. The test plays root. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { decodeSamples, differences, HEADER_SIZE } from "../../lab/profiler-log.ts";
import { packageRoot } from "../../root.ts";
import { type Simulator, simulate } from "../index-node.ts";

const demo = (name: string, board: string) => simulate(join(packageRoot, "demos", name), { board });

const LOG = 0x50000000;
const CONTROL = { enabled: 1n, second: 4n, bytes: 8n } as const;
const INTERVAL = 2000n;
const SIGNATURE = 0xe7n << 56n;
const BOMB = { command: 0x500000, size: 0x500004, enable: 1, reads: 2, writes: 4 } as const;

interface Order {
  readonly second?: boolean;
  readonly axi?: { readonly value: number; readonly mask: number };
  readonly reads?: boolean;
  readonly writes?: boolean;
}

/** The profiler runs before the bomb does and after it. Gives the log, header included, and its number of samples. */
async function profile(board: string, order: Order) {
  const [profiler, bomb] = [await demo("ddr-profiler", board), await demo("mem-bomb", board)];
  profiler.link(bomb);
  profiler.advance(1);
  expect(profiler.memory.read64(LOG)).toBe(SIGNATURE);
  const { value, mask } = order.axi ?? { value: 0, mask: 0 };
  profiler.memory.write32(LOG + 16, 0xffffffff);
  profiler.memory.write16(LOG + 20, value);
  profiler.memory.write16(LOG + 22, mask);
  const control = SIGNATURE | CONTROL.bytes | (order.second ? CONTROL.second : 0n) | (INTERVAL << 4n);
  profiler.memory.write64(LOG, control | CONTROL.enabled);
  profiler.advance(0.1);
  bomb.memory.write32(BOMB.size, 0x180000);
  bomb.memory.write32(BOMB.command, BOMB.enable | (order.reads ? BOMB.reads : 0) | (order.writes ? BOMB.writes : 0));
  profiler.advance(2);
  bomb.memory.write32(BOMB.command, 0);
  profiler.advance(2);
  profiler.memory.write64(LOG, control);
  profiler.advance(0.1);
  const count = Number(profiler.memory.read64(LOG + 8));
  expect(count).toBeGreaterThan(1000);
  return {
    profiler,
    bomb,
    count,
    log: (size: number) => profiler.memory.bytes(LOG, HEADER_SIZE + count * size).slice(),
  };
}

function countsOf(sim: Simulator) {
  const [counts] = sim.memoryCounts.values();
  return counts!;
}

/** Of a log with the stock profiler's samples. */
function totals(log: Uint8Array, count: number) {
  const rows = [...differences(decodeSamples(log, count))];
  const sum = (name: "reads" | "writes" | "dramCycles" | "busyCycles") => rows.reduce((all, row) => all + row[name], 0);
  return { reads: sum("reads"), writes: sum("writes"), dram: sum("dramCycles"), busy: sum("busyCycles") };
}

test.each([{ reads: true }, { writes: true }, { reads: true, writes: true }])(
  "S32V234, MMDC0 sees a bomb of %o",
  async (kind) => {
    const { profiler, bomb, log, count } = await profile("s32v234sbc", {
      ...kind,
      axi: { value: 0x2000, mask: 0xe007 },
    });
    const seen = totals(log(24), count);
    const { readBytes, writtenBytes } = countsOf(bomb);
    expect(readBytes).toBeGreaterThan(1e6);
    expect([seen.reads, seen.writes]).toEqual([readBytes, writtenBytes]);
    expect(writtenBytes > 0).toBe("writes" in kind);
    // 64 bytes take 20 ns of the controller's 533 MHz; the samples are INTERVAL cycles of 1 ns apart.
    expect(seen.busy / ((readBytes + writtenBytes) / 64)).toBeCloseTo(20 * 0.533, 1);
    expect(seen.dram / (count - 1)).toBeCloseTo(Number(INTERVAL) * 0.533, 0);
    expect(countsOf(profiler).readBytes).toBe(0);
  },
);

test("S32V234, MMDC1 sees nothing but what the profiler writes to its log", async () => {
  const { log, count } = await profile("s32v234sbc", { second: true, reads: true });
  const { reads, writes } = totals(log(24), count);
  expect([reads, writes]).toEqual([0, 24 * (count - 1)]);
});

test("S32V234, a filter that means another CPU", async () => {
  const { log, count } = await profile("s32v234sbc", { reads: true, axi: { value: 0x2010, mask: 0xffff } });
  expect(totals(log(24), count).reads).toBe(0);
});

test("ZCU102, the AXI monitor sees the bomb on the CPUs' two ports, and the log's 64 bytes a sample", async () => {
  const { bomb, log, count } = await profile("zynqmp-zcu102", { reads: true, writes: true });
  const bytes = log(64);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const word = (sample: number, n: number) => view.getUint32(HEADER_SIZE + 64 * sample + 4 * n, true);
  expect([word(0, 0), word(count - 1, 0), word(0, 3)]).toEqual([0, count - 1, 4]);
  // Read and written bytes of slot 1, then of slot 2.
  const [read1, written1, read2, written2] = [4, 5, 6, 7].map((n) => (word(count - 1, n) - word(0, n)) >>> 0);
  const { readBytes, writtenBytes } = countsOf(bomb);
  expect(readBytes).toBeGreaterThan(1e6);
  expect(read1! + read2!).toBe(readBytes);
  expect(written1! + written2!).toBe(writtenBytes + 64 * (count - 1));
  expect(read1).toBeGreaterThan(0);
  expect(read2).toBeGreaterThan(0);
});

test("two cells that compete for memory do the same on every run", async () => {
  const run = async () => {
    const cell = "zynqmp-zcu102-bomb1";
    const [one, other] = [
      await demo("mem-bomb", "zynqmp-zcu102"),
      await simulate(join(packageRoot, "demos/mem-bomb"), { board: "zynqmp-zcu102", cell }),
    ];
    one.link(other);
    for (const bomb of [one, other]) {
      bomb.memory.write32(BOMB.size, 4 << 20);
      bomb.memory.write32(BOMB.command, BOMB.enable | BOMB.reads | BOMB.writes);
    }
    one.advance(3);
    return [countsOf(one), countsOf(other)];
  };
  const counts = await run();
  expect(await run()).toEqual(counts);
  // Both ask for more than half of what there is, and get the same, give or take.
  const [a, b] = counts.map(({ readBytes, writtenBytes }) => (readBytes + writtenBytes) / 3e6);
  expect(a! + b!).toBeGreaterThan(4);
  expect(a! + b!).toBeLessThan(5.2);
  expect(Math.abs(a! - b!)).toBeLessThan(0.5);
});
