/** What computes without devices: conversions of time, arguments, statistics. */
import { expect, test } from "vitest";
import { FakeCell, Halt } from "../test/fake-cell/cell.ts";
import { compile } from "../test/fake-cell/compile.ts";

async function lines(main: string, ...cells: FakeCell[]): Promise<string[]> {
  const module = await compile(main);
  return cells.flatMap((cell) => {
    expect(cell.run(module)).toBeInstanceOf(Halt);
    return cell.uart.split("\r\n").slice(0, -1);
  });
}

test("times are exact at every rate, over years", async () => {
  const year = 365n * 86_400n;
  const rates = [1_200_000n, 19_200_000n, 24_000_000n, 62_500_000n, 1_000_000_000n, 4_294_967_295n];
  const amounts = [
    0n,
    1n,
    999n,
    1_000_003n,
    123_456_789_012n,
    year * 1_000_000_000n + 7n,
    100n * year * 1_000_000_000n,
  ];
  const main = `import { console, timer } from "jh-inmate";
    const amounts: u64[] = [${amounts.join(", ")}];
    for (let i = 0; i < amounts.length; i++) console.log(\`\${timer.ns(amounts[i])} \${timer.ticks(amounts[i])}\`);`;
  const seen = await lines(main, ...rates.map((hz) => new FakeCell({ hz: Number(hz) })));
  const wrap = (value: bigint) => BigInt.asUintN(64, value);
  const expected = rates.flatMap((hz) =>
    amounts.map((n) => `${wrap((n * 1_000_000_000n) / hz)} ${wrap((n * hz) / 1_000_000_000n)}`),
  );
  expect(seen).toEqual(expected);
});

test("a wait is never too short", async () => {
  const main = `import { cell, console, timer } from "jh-inmate";
    const start = timer.now(); timer.wait(1_500_000); const middle = timer.now(); cell.sleep(1_500_000);
    console.log(\`\${timer.ns(middle - start) >= 1_500_000} \${timer.ns(timer.now() - middle) >= 1_500_000}\`);`;
  expect(await lines(main, new FakeCell())).toEqual(["true true"]);
});

const ask = (...calls: string[]) =>
  `import { args, console } from "jh-inmate"; ${calls.map((call) => `console.log(\`\${${call}}\`);`).join(" ")}`;

test.each([
  ["", ["5", "false", "true", "none", "false"]],
  ["  n=-17 b  t=two=2 hh", ["-17", "true", "true", "two=2", "false"]],
  ["nn=3 n=+0 h b=TRUE c=0 t", ["0", "true", "false", "", "true"]],
  ["n=0xFFffffffffffffff h= b=1x c=False", ["-1", "true", "false", "none", "true"]],
  ["n=9223372036854775807 h", ["9223372036854775807", "false", "true", "none", "true"]],
])("arguments %j", async (commandLine, expected) => {
  const main = ask(
    `args.int("n", 5)`,
    `args.bool("b")`,
    `args.bool("c", true)`,
    `args.text("t", "none")`,
    `args.has("h")`,
  );
  expect(await lines(main, new FakeCell({ commandLine }))).toEqual(expected);
});

test("names that are no literals work too", async () => {
  const main = `import { args, console } from "jh-inmate"; const names = ["n", "nn"];
    for (let i = 0; i < 2; i++) console.log(\`\${args.int(names[i], -1)} \${args.has(names[i])}\`);`;
  expect(await lines(main, new FakeCell({ commandLine: "nn=3" }))).toEqual(["-1 false", "3 true"]);
});

test.each(["n", "n=", "n=-", "n=0x", "n=12a", "n=0x1g", "n=--1", "n=0x12345678123456781", "n=99999999999999999999"])(
  "%s is no number",
  async (argument) => {
    const cell = new FakeCell({ commandLine: `${argument} x` });
    expect(await lines(ask(`args.int("n", 5)`), cell)).toEqual([
      `*** argument "${argument}" is not understood: its default is used`,
      "5",
    ]);
  },
);

test("statistics", async () => {
  const main = `import { console, Statistics } from "jh-inmate";
    const s = new Statistics(3, 10, 100);
    console.log(\`\${s.count} \${s.min} \${s.max} \${s.mean}\`);
    s.add(105); s.add(-4); s.add(110); s.add(119); s.add(1000);
    console.log(\`\${s.count} \${s.min} \${s.max} \${s.mean} | \${s.bucket(0)} \${s.bucket(1)} \${s.bucket(2)} \${s.bucket(3)}\`);`;
  expect(await lines(main, new FakeCell())).toEqual([
    "0 9223372036854775807 -9223372036854775808 0",
    "5 -4 1000 266 | 2 2 1 0",
  ]);
});
