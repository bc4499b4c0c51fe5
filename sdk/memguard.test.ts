import { expect, test } from "vitest";
import { jhInmate } from "../test/cli/cli.ts";
import { FakeCell, Halt } from "../test/fake-cell/cell.ts";
import { compile } from "../test/fake-cell/compile.ts";

/** Runs test/fixtures/inmates/memguard, whose events are SW_INCR, for twenty periods of a millisecond. */
async function regulated(board: string, args: string): Promise<Record<string, number>> {
  const run = ["run", "test/fixtures/inmates/memguard", "--board", board, "--seconds", "20", "--icount"];
  const { stdout } = await jhInmate([...run, "--args", args]);
  const [who, seen, took] = stdout.replaceAll("\r", "").split("\n");
  expect(who).toBe("hypervisor's false");
  const words = `${seen} ${took}`.split(" ");
  return Object.fromEntries(
    words.flatMap((word, i) => (/^\d+$/.test(words[i + 1] ?? "") ? [[word, Number(words[i + 1])]] : [])),
  );
}

test.each(["qemu-arm64", "qemu-arm64-gicv2"])("with budget b no period has more than b events: %s", async (board) => {
  for (const budget of [1, 100, 1000]) {
    const seen = await regulated(board, `budget=${budget}`);
    expect(seen).toMatchObject({ periods: 20, overruns: 20, most: budget, last: budget });
    // Twenty periods last twenty milliseconds, less what was there of the first.
    expect(seen.took).toBeGreaterThan(19_000);
    expect(seen.took).toBeLessThan(21_000);
  }
});

test("who stays below is left alone", async () => {
  expect(await regulated("qemu-arm64", "slow budget=100")).toMatchObject({ periods: 20, overruns: 0, most: 10 });
});

const IMPORTS = `import { console, memguard } from "jh-inmate";`;

test("the parameters of hypercall 10, and what it tells of the interval before", async () => {
  const cell = new FakeCell();
  const seen: bigint[] = [];
  Object.assign(cell.more, {
    physical: (pointer: number) => BigInt(pointer),
    hypercall: (code: bigint, at: bigint) => {
      seen.push(code, ...[0, 8, 16].map((offset) => cell.memory.getBigUint64(Number(at) + offset, true)));
      return BigInt.asIntN(64, (1n << 63n) | (0xffffffn << 33n) | (0xffffffffn << 1n) | 1n);
    },
  });
  const main = `${IMPORTS}
    const r = memguard.set(1000, 20000, memguard.PERIODIC | memguard.MASK_INTERRUPTS);
    console.log(\`\${memguard.isError(r)} \${memguard.eventsOf(r)} \${memguard.microsecondsOf(r)} \${memguard.isOverBudget(r)} \${memguard.isOverTime(r)}\`);`;
  expect(cell.run(await compile(main))).toBeInstanceOf(Halt);
  expect(seen).toEqual([10n, 1000n, 20000n, 3n]);
  expect(cell.uart).toBe("true 4294967295 16777215 false true\r\n");
});

test("a budget of nothing", async () => {
  const cell = new FakeCell();
  Object.assign(cell.more, { physical: (pointer: number) => BigInt(pointer), hypercall: () => -38n });
  expect(cell.run(await compile(`${IMPORTS} memguard.regulate(1000, 0);`))).toMatchObject({ kind: 20 });
  expect(cell.uart.split("\r\n")[0]).toBe("*** memguard: period 1000 us, budget 0: both must be above 0");
});
