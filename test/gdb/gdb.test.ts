/** One file for all: NAME.gdb is of one run at a time. */
import { setTimeout } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { jhInmate, startJhInmate } from "../cli/cli.ts";
import { debug, frames } from "./gdb.ts";

/** A fixture for each kind of image; the 32-bit one is a folder inside, with the same main.ts. */
const IMAGES = [
  { machine: "arm64", board: "qemu-arm64", inside: "" },
  { machine: "x86-64", board: "qemu-x86", inside: "" },
  { machine: "x86-32", board: "qemu-x86", inside: "/on-32" },
] as const;

test("gdb stops at the first line of the program, and list shows it", async () => {
  const { answers, run } = await debug("demos/gic-demo", [], ["list", "kill"]);
  expect(answers[0]).toMatch(/^3\tconst beat = timer\.hz \/ 10;$/m);
  expect(run.stderr).toMatch(/^gic-demo: running, stopped after/m);
  expect(run.code).toBe(0);
});

test("a backtrace leads from a handler through the vector into what it interrupted, in the optimised program", async () => {
  const commands = ["break main.ts:16", "continue", "backtrace", "print beat", "kill"];
  const { answers } = await debug("demos/gic-demo", [], commands);
  expect(answers[1]).toMatch(/\(anonymous\) \(\) at main\.ts:16$/m);
  const chain = frames(answers[2] ?? "");
  expect(chain[0]).toBe("(anonymous) main.ts:16");
  const vector = chain.findIndex((frame) => /^interrupt ~runtime\/arm64\/vectors\.S:\d+$/.test(frame));
  expect(vector).toBeGreaterThan(0);
  expect(chain[vector + 1]).toBe("<signal handler called>");
  expect(chain).toContain("top level main.ts:26");
  expect(chain.at(-1)).toMatch(/^runtime_main ~runtime\/wasm\/main\.c:\d+$/);
  expect(answers[3]).toMatch(/^\$1 = \d+$/m);
});

test.for(IMAGES)(
  "$machine, --debug: steps go by lines, into functions and out of them, and every variable can be seen",
  async ({ board, inside }) => {
    const { answers: told } = await debug(
      `test/fixtures/stepping${inside}`,
      ["--debug"],
      [
        ...[
          "break main.ts:33",
          "continue",
          "step",
          "next",
          "next",
          "next",
          "info locals",
          "step",
          "info args",
          "finish",
        ],
        ...["break main.ts:21 if i == 3", "continue", "info locals", "backtrace", "step", "finish", "finish", "kill"],
      ],
      board,
    );
    const answers = told.map(asInside);
    const [, reached, into, line19, line20, line21, locals, add, args, out, , third, atThird, trace, , , result] =
      answers;
    expect(reached).toMatch(/^33\tconst sum/m);
    expect(into).toMatch(/^sumOfSquares \(count=4\) at main\.ts:18$/m);
    expect([line19, line20, line21].map((text) => /^\d+/m.exec(text ?? "")?.[0])).toEqual(["19", "20", "21"]);
    for (const variable of [/^account = \d{4}$/m, /^i = 1$/m, /^term = 1$/m]) expect(locals).toMatch(variable);
    expect(add).toMatch(/^Account\.add \(this=\d+, amount=1\) at main\.ts:8$/m);
    expect(args).toMatch(/^amount = 1$/m);
    expect(out).toMatch(/ in sumOfSquares \(count=4\) at main\.ts:21$|^sumOfSquares \(count=4\) at main\.ts:19$/m);
    expect(third).toMatch(/^21\t/m);
    expect(atThird).toMatch(/^i = 3$/m);
    expect(atThird).toMatch(/^term = 9$/m);
    expect(frames(trace ?? "").slice(0, 2)).toEqual(["sumOfSquares main.ts:21", "top level main.ts:33"]);
    expect(result).toMatch(/^Value returned is \$\d+ = 30$/m);
  },
);

test.for(IMAGES)(
  "$machine: a fault stops in the runtime, with the program below it",
  async ({ machine, board, inside }) => {
    const { answers, run } = await debug(
      `test/fixtures/division-by-zero${inside}`,
      ["--args", "handler"],
      ["break report_fault", "continue", "backtrace", "kill"],
      board,
    );
    const chain = frames(asInside(answers[2] ?? ""));
    expect(chain.slice(0, 10).map((frame) => frame.replace(/:\d+$/, ""))).toEqual([
      "report_fault ~runtime/wasm/report.c",
      `exception ~runtime/${machine}/vectors.S`,
      "<signal handler called>",
      "divide main.ts",
      "average main.ts",
      "inHandler main.ts",
      "handlers.dispatch ~lib/jh-inmate/handlers.ts",
      board === "qemu-arm64"
        ? "gicv3.dispatch ~lib/jh-inmate/machine/gic/gicv3.ts"
        : "interrupts.dispatch ~lib/jh-inmate/machine/interrupts.ts",
      `interrupt ~runtime/${machine}/vectors.S`,
      "<signal handler called>",
    ]);
    expect(chain).toContainEqual(expect.stringMatching(/^top level main\.ts:1[78]$/));
    expect(run.code).toBe(0);
  },
);

test.for(IMAGES)(
  "$machine, a handler with floating point: the interrupted program's registers are found again",
  async ({ machine, board, inside }) => {
    const commands = ["break main.ts:11", "continue", "backtrace", "frame function 'top level'", "info locals", "kill"];
    const { answers } = await debug(`test/fixtures/stepping-float${inside}`, ["--debug"], commands, board);
    const chain = frames(asInside(answers[2] ?? ""));
    const vector = board === "qemu-arm64" ? "irq_with_fp" : "interrupt";
    expect(chain).toContainEqual(expect.stringMatching(RegExp(`^${vector} ~runtime/${machine}/vectors\\.S:\\d+$`)));
    expect(chain).toContainEqual(expect.stringMatching(/^top level main\.ts:1\d$/));
  },
);

/** Nested paging lies between gdb and a cell's memory, and the monitor has addresses that cells have, too. */
describe("x86", () => {
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
    expect(chain.at(-1)).toMatch(/^runtime_main ~runtime\/wasm\/main\.c:\d+$/);
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
    // The CPU that arrives first starts the others.
    const HIT = /^Thread ([234]) hit Breakpoint 2, hello \(\) at main\.ts:7$/m;
    const [one, other] = [answers[1], answers[3]].map((answer) => Number(HIT.exec(answer ?? "")?.[1]));
    expect(one).toBeGreaterThan(1);
    expect(new Set([one, other]).size).toBe(2);
    expect(frames(answers[2] ?? "")).toEqual([
      "hello main.ts:7",
      expect.stringMatching(/^further_cpu_main .*cpus\.c:\d+$/),
    ]);
    const line = `^\\* ${other} +Thread 1\\.${other} \\(CPU#${Number(other) - 1} \\[running\\]\\) +hello \\(\\) at main\\.ts:7$`;
    expect(answers[4]).toMatch(new RegExp(line, "m"));
  });
});

test("run waits for gdb; Ctrl-C ends it", async () => {
  const { child, finished } = startJhInmate([
    "run",
    "demos/hello",
    "--board",
    "qemu-arm64",
    "--gdb",
    "--seconds",
    "0.1",
  ]);
  await new Promise((resolve) => child.stderr.once("data", resolve));
  await setTimeout(3000);
  expect(child.exitCode).toBeNull();
  child.kill("SIGINT");
  const { code, stdout } = await finished;
  expect(stdout).toBe("");
  expect(code).toBe(0);
});

/** As gdb calls the files of a fixture that is not a folder inside. */
function asInside(text: string): string {
  return text.replaceAll("../main.ts", "main.ts");
}

test.for([
  [["--gdb=70000"], "--gdb=70000 is not a port: give a number from 1 to 65535, or --gdb alone"],
  [["--gdb="], "--gdb= needs a value: give one, or --gdb alone"],
  [["--gdb", "demos/uart-demo"], "--gdb is for one inmate: programs of several cells have the same addresses"],
  [["--gdb", "--on", "exec:true"], "--gdb needs an emulated CPU: use it with --on cellbox"],
] as const)("%j: %s", async ([flags, message]) => {
  const { code, stderr } = await jhInmate(["run", "demos/hello", "--board", "qemu-arm64", ...flags]);
  expect(stderr).toContain(`error: ${message}\n`);
  expect(code).toBe(2);
});
