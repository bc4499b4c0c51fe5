/** What is different on x86: nested paging lies between gdb and a cell's memory, and the monitor has addresses that cells have, too. */
import { expect, test } from "vitest";
import { debug, frames } from "./gdb.ts";

const BOARD = "qemu-x86";
/** Folders of one fixture, by bits. */
const STEPPING = ["test/fixtures/stepping", "test/fixtures/stepping/on-32"];

test("a backtrace leads from a handler through the vector into what it interrupted, in the optimised program", async () => {
  const commands = ["list", "break main.ts:33", "continue", "backtrace", "print beat", "kill"];
  const { answers, run } = await debug("demos/apic-demo", [], commands, BOARD);
  expect(answers[0]).toMatch(/^5\tconst beat = timer\.hz \/ 10;$/m);
  expect(answers[2]).toMatch(/\(anonymous\) \(\) at main\.ts:33$/m);
  const chain = frames(answers[3] ?? "");
  const vector = chain.findIndex((frame) => /^interrupt ~runtime\/x86-64\/vectors\.S:\d+$/.test(frame));
  expect(vector).toBeGreaterThan(0);
  expect(chain[vector + 1]).toBe("<signal handler called>");
  expect(chain).toContainEqual(expect.stringMatching(/^top level main\.ts:\d+$/));
  expect(chain.at(-1)).toMatch(/^runtime_main ~runtime\/x86\/main\.c:\d+$/);
  expect(answers[4]).toMatch(/^\$1 = \d+$/m);
  expect(run.code).toBe(0);
});

test.for(STEPPING)("%s: what is written to a variable is what the program goes on with", async (source) => {
  const commands = ["break main.ts:34", "continue", "print sum", "print sum = 7", "print sum", "continue", "detach"];
  const { answers, run } = await debug(source, ["--debug", "--seconds", "0.5"], commands, BOARD);
  expect(answers[2]).toMatch(/^\$1 = 30$/m);
  expect(answers[4]).toMatch(/^\$3 = 7$/m);
  expect(answers[5]).toContain("v0=7");
  expect(run.code).toBe(0);
});

test.for([
  [STEPPING[0] as string, "0x400000"],
  [STEPPING[1] as string, "0x40000000"],
] as const)("%s: a watched field stops where the program writes it", async ([source, base]) => {
  const total = `*(int *)(${base} + $account)`;
  const watch = ["break main.ts:21", "continue", "set $account = account", `watch ${total}`, "delete 2"];
  const twice = ["continue", `print ${total}`, "continue", `print ${total}`, "kill"];
  const { answers } = await debug(source, ["--debug"], [...watch, ...twice], BOARD);
  expect(answers[5]).toMatch(/^Old value = 0\r?\nNew value = 1$/m);
  expect(answers[6]).toMatch(/^\$1 = 1$/m);
  expect(answers[7]).toMatch(/^Old value = 1\r?\nNew value = 5$/m);
  expect(answers[8]).toMatch(/^\$2 = 5$/m);
});

test.for(STEPPING)("%s: an instruction that the monitor carries out is one step", async (source) => {
  // WRMSR of the timer, some steps behind the handler's first.
  const isWrmsr = 'gdb.parse_and_eval("*(unsigned short *)$pc") == 0x300f';
  const seek = `python [gdb.execute("stepi", to_string=True) for _ in range(800) if not ${isWrmsr}]`;
  const commands = [
    "break main.ts:30",
    "continue",
    seek,
    "print $at = $pc",
    "stepi",
    "print $pc - $at",
    "stepi",
    "kill",
  ];
  const { answers } = await debug(source, ["--debug"], commands, BOARD);
  expect(answers[5]).toMatch(/^\$\d+ = 2$/m);
  expect(answers[6]).not.toContain("??");
});

test("CPUs are threads, each with its own frames", async () => {
  const commands = ["break hello", "continue", "backtrace", "continue", "info threads", "kill"];
  const { answers } = await debug("demos/smp-demo", ["--debug"], commands, BOARD);
  expect(answers[1]).toMatch(/^Thread 3 hit Breakpoint 2, hello \(\) at main\.ts:7$/m);
  expect(frames(answers[2] ?? "")).toEqual([
    "hello main.ts:7",
    expect.stringMatching(/^further_cpu_main .*cpus\.c:\d+$/),
  ]);
  expect(answers[3]).toMatch(/^Thread 4 hit Breakpoint 2, hello \(\) at main\.ts:7$/m);
  expect(answers[4]).toMatch(/^\* 4 +Thread 1\.4 \(CPU#3 \[running\]\) +hello \(\) at main\.ts:7$/m);
});
