/** `jailhouse cell stats`: as a table in a script, on a screen of its own on a terminal. */
import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { runSession } from "../../scripts/shell/session.ts";

const CREATE = ["enable qemu-x86.cell", "cell create smp-demo.cell"];
const START = ["cell load smp-demo smp-demo.bin", "cell start 1"];

/** A session whose output can be waited for. */
function session(terminal: boolean) {
  const input = Object.assign(new PassThrough(), { isTTY: terminal });
  const output = Object.assign(new PassThrough(), { isTTY: terminal, columns: 80, rows: 24 });
  let text = "";
  let look = () => {};
  output.on("data", (bytes: Buffer) => {
    text += bytes;
    look();
  });
  const ended = runSession({ input, output, errors: new PassThrough() });
  return {
    ended,
    type: (keys: string) => void input.write(keys),
    end: () => void input.end(),
    text: () => text,
    /** What has come since the last call, when it has all of these. */
    until: (...words: (string | RegExp)[]) =>
      new Promise<string>((resolve) => {
        look = () => {
          if (!words.every((word) => (typeof word === "string" ? text.includes(word) : word.test(text)))) return;
          const all = text;
          text = "";
          resolve(all);
        };
        look();
      }),
  };
}

/** By name, the numbers of a table's rows. */
function rows(text: string): Record<string, number[]> {
  const lines = text.split(/\r?\n/).map((line) => /^vmexits_(\w+)((?: +\d+)+)$/.exec(line));
  return Object.fromEntries(
    lines.flatMap((row) => (row ? [[row[1], (row[2] ?? "").trim().split(/ +/).map(Number)]] : [])),
  );
}

/** Each exit has one reason; of the one that happens just now the reason, or the exit, may not be counted yet. */
function expectReasons({ total = [], ...reasons }: Record<string, number[]>, column: number): void {
  const sum = Object.values(reasons).reduce((sum, row) => sum + (row[column] ?? 0), 0);
  expect(Math.abs(sum - (total[column] ?? Number.NaN))).toBeLessThanOrEqual(1);
}

test("a script gets one table: the sum and each CPU, by Jailhouse's names", async () => {
  const { type, end, until, ended } = session(false);
  type(`${[...CREATE, "cell stats 1", ...START].join("\n")}\n`);
  const before = rows(await until("cell start 1"));
  await until(/(Received IPI[\s\S]*){2}/);
  type("cell stats --name smp-demo\n");
  end();
  expect(await ended).toBe(0);
  const text = await until("vmexits_xsetbv");
  expect(text).toContain("Statistics for smp-demo cell\n\n");
  expect(text).toMatch(/^COUNTER {26} {4}SUM {5}CPU 1 {5}CPU 2 {5}CPU 3$/m);
  const counters = rows(text);
  expect(Object.keys(counters).sort()).toEqual(
    [
      ...["total", "mmio", "management", "hypercall"],
      ...["pio", "xapic", "cr", "cpuid", "xsetbv", "exception", "msr_other", "msr_x2apic_icr"],
    ].sort(),
  );
  for (const values of Object.values(before)) expect(values).toEqual([0, 0, 0, 0]);
  for (const [sum, ...cpus] of Object.values(counters)) expect(sum).toBe(cpus.reduce((a, b) => a + b));
  // INIT and two SIPIs for each of the others, which answer by one each.
  expect(counters.msr_x2apic_icr?.slice(1).map((count) => count > 0)).toEqual([true, true, true]);
  expect(counters.cpuid?.[0]).toBeGreaterThan(2);
  for (const i of [1, 2, 3]) expectReasons(counters, i);
});

test("on arm64 waiting is no exit", async () => {
  const { type, end, until, ended } = session(false);
  type("enable qemu-arm64.cell\ncell create qemu-arm64-inmate-demo.cell\ncell load 1 gic-demo.bin\ncell start 1\n");
  await until(/(?:Timer fired.*){3}/s);
  type("cell stats 1\n");
  end();
  expect(await ended).toBe(0);
  const counters = rows(await until("vmexits_total"));
  const { total: _, ...reasons } = counters;
  expect(Object.keys(reasons).sort()).toEqual(
    ["mmio", "management", "hypercall", "maintenance", "virt_irq", "virt_sgi", "psci", "smccc"].sort(),
  );
  expect(reasons.virt_irq?.[0]).toBeGreaterThanOrEqual(3);
  expect(reasons.mmio?.[0]).toBeGreaterThan(0);
  expectReasons(counters, 1);
});

test("a terminal gets a screen that is drawn again and again, until Q", async () => {
  const { type, until, text, ended } = session(true);
  for (const line of [...CREATE, ...START]) {
    type(`${line}\r`);
    await until("# ");
  }
  // Whichever CPU is the first there, two others answer it.
  await until(/(Received IPI[\s\S]*){2}/);
  type("cell stats 1\r");
  const first = await until("A - All CPUs");
  expect(first).toContain("\x1b[?1049h");
  expect(first).toContain("Statistics for smp-demo cell, all CPUs\r\n\r\nCOUNTER");
  expect(rows(first).total).toHaveLength(1);
  const second = await until("A - All CPUs");
  expect(rows(second).total).toHaveLength(2);
  type("c");
  expect(await until("A - All CPUs")).toContain("cell, CPU 1");
  type("cc");
  expect(await until("cell, CPU 3")).toContain("cell, CPU 2");
  type("a");
  await until("cell, all CPUs");
  type("q");
  await until("\x1b[?1049l");
  type("cell list\r");
  const list = await until(/1-3 /);
  // What was typed on the screen is no part of the command line.
  expect(list).not.toContain("Usage");
  type("exit\r");
  expect(await ended).toBe(0);
  expect(text()).not.toContain("Statistics");
});
