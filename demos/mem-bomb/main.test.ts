import { join } from "node:path";
import { startInmates } from "jh-inmate/test";
import { beforeAll, describe, expect, test } from "vitest";
import { range } from "../../boards/define/checks.ts";
import { startCellbox } from "../../scripts/run/cellbox.ts";
import { makeJob } from "../../scripts/run/jobs.ts";
import { runJobs } from "../../test/cellbox/inmate.ts";
import { jhInmate } from "../../test/cli/cli.ts";
import { FakeCell } from "../../test/fake-cell/cell.ts";
import { compileFolder } from "../../test/fake-cell/compile.ts";

test("takes the orders of a cell beside it, and says what the stock bomb says", async () => {
  const args = ["run", "demos/mem-bomb", "demos/mem-bomb/root", "--board", "qemu-arm64", "--seconds", "20"];
  const { code, stdout } = await jhInmate([...args, "--expect", "all orders given"]);
  expect(code).toBe(0);
  const lines = stdout.replaceAll("\r", "").split("\n");
  const bomb = lines.filter((line) => line.startsWith("mem-bomb")).map((line) => line.slice("mem-bomb | ".length));
  const shapes = [
    /^\[BOMB 0\] Memory Bomb Started\.$/,
    /^\[BOMB 0\] SCTLR_EL1 = 0x[0-9a-f]{8,}$/,
    /^\[BOMB 0\] TCR_EL1 = 0x[0-9a-f]{8,}$/,
    /^\[BOMB 0\] Translated 0x[0-9a-f]{8,} -> 0x[0-9a-f]{8,}$/,
    /^\[BOMB 0\] Started READ accesses with size 1048576\.$/,
    /^\[BOMB 0\] Done with READ accesses\. Check = 0x[0-9a-f]{8,}$/,
    /^\[BOMB 0\] \tAvg\. Time: \d+$/,
    /^\[BOMB 0\] Started WRITE accesses with size 4096\.$/,
    /^\[BOMB 0\] Done with WRITE accesses\.$/,
    /^\[BOMB 0\] Setting MG budget 500000$/,
    /^\[BOMB 0\] Started READ\+WRITE accesses with size 65536\.$/,
    /^\[BOMB 0\] Done with READ\+WRITE accesses\.$/,
    /^\[BOMB 0\] Invalid command \(0x00000009\)$/,
  ];
  for (const [i, shape] of shapes.entries()) expect(bomb[i]).toMatch(shape);
  expect(lines.filter((line) => line.includes("passes counted"))).toHaveLength(3);
});

test.each([
  ["zynqmp-zcu102-bomb0", 0x8012n, 0x8013n],
  ["zynqmp-zcu102-bomb0-col", 0x8012n, 0x8026n],
])("in its stock cell %s, under the fork as cellbox plays it, a budget slows it down", async (cell, first, end) => {
  const board = "zynqmp-zcu102";
  const bomb = await makeJob({ source: "demos/mem-bomb", board, cell });
  const root = await makeJob({ source: "demos/mem-bomb/root", board });
  const { consoles, outcome } = await runJobs([bomb, root], { seconds: 20 }, (run, line) => {
    if (line.startsWith("all orders given")) run.stop();
  });
  const [bombs = [], roots = []] = consoles.map((lines) => lines.map((line) => line.trimEnd()));
  expect(bombs).toContain("[BOMB 0] Setting MG budget 50000");
  const [, held, free] = /^few events: (\d+) passes instead of (\d+)$/.exec(roots.at(-2) ?? "") as RegExpExecArray;
  expect(Number(free)).toBeGreaterThan(2 * Number(held));
  expect(outcome.notes).toContain("[MG] memguard_call 1000 50000 1 (CPU 1)");
  const [buffer, ...nowhere] = outcome.notes.filter((line) => line.startsWith("[DEBUG]"));
  // By the board's addresses.
  const physical = BigInt(buffer?.split(" -> ")[1] as string) & 0xffff_ffff_f000n;
  expect(physical >> 20n).toBeGreaterThanOrEqual(first);
  expect(physical >> 20n).toBeLessThan(end);
  // What only bomb 1 has.
  expect(nowhere).toEqual([
    "[DEBUG] Translated 0x07500000 -> 0x00000809",
    "[DEBUG] Translated 0x06500000 -> 0x00000809",
  ]);
});

test.each<[name: string, start: bigint, colors: number[]]>([
  ["bomb0", 0x801200000n, range(0, 15)],
  ["bomb1", 0x806200000n, range(0, 15)],
  ["bomb2", 0x80b200000n, range(0, 15)],
  ["bomb0-col", 0x801200000n, range(4, 7)],
  ["bomb1-col", 0x806200000n, range(0, 3)],
  ["bomb2-col", 0x80b200000n, range(0, 3)],
])("runs in the fork's cell zynqmp-zcu102-%s, in its memory and of its colours", async (name, start, colors) => {
  const job = await makeJob({ source: "demos/mem-bomb", board: "zynqmp-zcu102", cell: `zynqmp-zcu102-${name}` });
  const run = await startCellbox([job], { seconds: 20 });
  const console = new Promise<string>((resolve) => {
    let text = "";
    run.onOutput((_, bytes) => {
      text += Buffer.from(bytes).toString();
      if (text.includes("Translated")) resolve(text);
    });
  });
  const translated = new Promise<string>((resolve) => {
    run.onNote?.((line) => line.startsWith("[DEBUG]") && resolve(line));
  });
  expect(await console).toContain("[BOMB 0] Memory Bomb Started.");
  // PAR_EL1 of the hypervisor's translation: the page is in bits 47:12, the rest are attributes.
  const page = (BigInt((await translated).split(" -> ")[1] as string) >> 12n) & 0xfffffffffn;
  run.stop();
  await run.done;
  const distance = page - (start >> 12n);
  expect(distance).toBeGreaterThanOrEqual(0n);
  // At most 20 MiB: 5 MiB in four of sixteen colours.
  expect(distance).toBeLessThan(0x1400n);
  expect(colors).toContain(Number(page % 16n));
});

const CONTROL = 0x500000n;
const [READS, WRITES, ENABLE, VERBOSE] = [2, 4, 1, 8];
const MORE = 0x45524f4d;
const MEMGUARD = 10n;
const TRANSLATION_DEBUG = 12n;

describe("in a fake cell", () => {
  let program: WebAssembly.Module;
  beforeAll(async () => {
    program = await compileFolder("demos/mem-bomb");
  });

  /** A cell with an order in its page; it shuts down after so many looks at the command from then on. */
  function bomb(words: Readonly<Record<number, number>>, passes: number, commandLine = "buffer=4096") {
    const cell = new FakeCell({ commandLine });
    const page = new DataView(new ArrayBuffer(0x1000));
    for (const [offset, word] of Object.entries(words)) page.setUint32(Number(offset), word, true);
    const accesses: string[] = [];
    const calls: [bigint, ...bigint[]][] = [];
    let left = passes;
    cell.regions.push({
      base: CONTROL,
      size: 0x1000,
      read: (offset) => {
        // Before each pass the bomb looks whether the order still stands.
        if (offset === 0 && accesses.length > 0 && left-- === 0) page.setUint32(0, VERBOSE, true);
        if (offset === 0 && left < -3) cell.send(1);
        return page.getUint32(offset, true);
      },
      write: (offset, _width, value) => page.setUint32(offset, value, true),
    });
    let base = -1n;
    Object.assign(cell.more, {
      memory_limit: () => 0x10000,
      physical: (pointer: number) => 0x8000n + BigInt(pointer),
      map_ram: (physical: bigint) => {
        base = physical;
        return physical;
      },
      load8: (address: bigint) => {
        accesses.push(`r${address - base}`);
        return 3;
      },
      store8: (address: bigint) => void accesses.push(`w${address - base}`),
      system_control: () => 0x1234n,
      translation_control: () => 0n,
      translate: () => 0x801n,
      hypercall: (code: bigint, at: bigint) => {
        const word = (n: number) => cell.memory.getBigUint64(Number(at - 0x8000n) + 8 * n, true);
        calls.push(code === MEMGUARD ? [code, word(0), word(1), word(2)] : [code]);
        return 0n;
      },
    });
    cell.onWait = () => {
      if (left <= 0) cell.send(1);
    };
    cell.run(program);
    return { lines: cell.uart.split("\r\n"), accesses, calls, page };
  }

  test("its number comes from the command, and hypercall 12 is called three times", () => {
    const { lines, calls } = bomb({ 0: (7 << 4) | ENABLE | READS | VERBOSE, 4: 128 }, 2);
    expect(lines.slice(0, 7)).toEqual([
      "[BOMB 7] Memory Bomb Started.",
      "[BOMB 7] SCTLR_EL1 = 0x00001234",
      "[BOMB 7] TCR_EL1 = 0x00000000",
      expect.stringMatching(/^\[BOMB 7\] Translated 0x[0-9a-f]{8} -> 0x00000801$/),
      "[BOMB 7] Started READ accesses with size 128.",
      expect.stringMatching(/^\[BOMB 7\] Done with READ accesses\. Check = 0x[0-9a-f]{8}$/),
      expect.stringMatching(/^\[BOMB 7\] \tAvg\. Time: \d+$/),
    ]);
    expect(calls).toEqual([[TRANSLATION_DEBUG], [TRANSLATION_DEBUG], [TRANSLATION_DEBUG]]);
  });

  test("a budget goes to MemGuard: 1000 us, periodic", () => {
    const { lines, calls } = bomb({ 0: ENABLE | WRITES, 4: 64, 8: 20000 }, 1);
    expect(lines[4]).toBe("[BOMB 0] Setting MG budget 20000");
    expect(calls[3]).toEqual([MEMGUARD, 1000n, 20000n, 1n]);
  });

  test.each([
    ["reads", READS, {}, ["r0", "r64", "r128", "r192"]],
    ["writes", WRITES, {}, ["r0", "w0", "r64", "w64", "r128", "w128", "r192", "w192"]],
    ["both: the upper half is read", READS | WRITES, {}, ["r0", "r128", "w0", "r64", "r192", "w64"]],
    ["a stride", READS, { 12: MORE, 16: 100, 20: 0 }, ["r0", "r100", "r200"]],
    ["downwards", READS, { 12: MORE, 16: 100, 20: 1 }, ["r200", "r100", "r0"]],
    ["scattered, each once", READS, { 12: MORE, 16: 32, 20: 2 }, [0, 1, 6, 7, 4, 5, 2, 3].map((n) => `r${32 * n}`)],
    ["without the mark the words behind do not count", READS, { 12: 5, 16: 1, 20: 1 }, ["r0", "r64", "r128", "r192"]],
    ["a pattern that is none, and no stride", READS, { 12: MORE, 20: 99 }, ["r0", "r64", "r128", "r192"]],
  ])("%s", (_, kind, more, expected) => {
    const { accesses } = bomb({ 0: ENABLE | kind, 4: 256, ...more }, 1);
    expect(accesses.slice(0, expected.length)).toEqual(expected);
    expect(accesses.length % expected.length).toBe(0);
  });

  test("more than the buffer has is cut off, and passes are counted", () => {
    const { lines, accesses, page } = bomb({ 0: ENABLE | READS | VERBOSE, 4: 0xffffffff, 12: MORE }, 1);
    expect(lines[4]).toBe("[BOMB 0] Started READ accesses with size 4096.");
    expect(accesses).toHaveLength(64 * page.getUint32(24, true));
    expect(accesses.at(-1)).toBe("r4032");
  });
});

test("a buffer that the cell has no room for is told", async () => {
  const args = ["run", "demos/mem-bomb", "--board", "qemu-arm64", "--seconds", "5", "--args", "buffer=0x600000"];
  const { code, stdout } = await jhInmate(args);
  expect(stdout).toMatch(/^\*\*\* ram\.take: 6144 KiB, and the cell has no more than \d+ KiB for data/);
  expect(code).toBe(1);
});

describe("on either target", () => {
  test("takes the orders of a cell beside it", async () => {
    const here = import.meta.dirname;
    // What an emulator needs is much to simulate.
    const turn = (process.env.JH_INMATE_ON ?? "sim") === "sim" ? 10 : 100;
    const orders = { dir: join(here, "root"), args: `turn=${turn}` };
    const [bomb, root] = await startInmates([here, orders], { board: "qemu-arm64" });
    await root!.line(/^all orders given$/, { within: 20_000 });
    for (const line of [
      /^\[BOMB 0\] Memory Bomb Started\.$/,
      /^\[BOMB 0\] Started READ accesses with size 1048576\.$/,
      /^\[BOMB 0\] Done with WRITE accesses\.$/,
      /^\[BOMB 0\] Setting MG budget 500000$/,
      /^\[BOMB 0\] Done with READ\+WRITE accesses\.$/,
      /^\[BOMB 0\] Invalid command \(0x00000009\)$/,
    ])
      await bomb!.line(line);
    expect(root!.console.match(/passes counted/g)).toHaveLength(3);
  });
});
