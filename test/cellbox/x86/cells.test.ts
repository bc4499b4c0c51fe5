import { describe, expect, test } from "vitest";
import { boardX86 as board, cellOf, jobOf, type Plan, runInmate, runJobs, values } from "../inmate.ts";

const run = (name: string, plan: Plan = {}) => runInmate(name, { board, ...plan });
const cell = (number: number, name: string, plan: Plan = {}) => cellOf(number, name, { board, ...plan });
const ticks = (count: number) => [
  ...Array.from({ length: count }, (_, i) => `tick ${(i + 1).toString(16).padStart(16, "0")}`),
  "done",
];

test("a cell starts in the state that real Jailhouse gives it", async () => {
  const result = await run("entry");
  expect(result.outcome.states).toEqual(["shut down"]);
  const { tsc, ...others } = values(result);
  expect(Number(tsc)).toBeGreaterThan(100_000);
  expect(others).toEqual({
    eax: 0n,
    cr0: 0x60000010n,
    apicbase: 0xfee00800n,
    pat: 0x0007040600070406n,
    svme: 0x1000n,
    apicid: 2n,
    svr: 0xffn,
    lvt: 0x10000n,
    divide: 3n,
    mtrr: 0xc06n,
    hypervisor: 1n,
    svm: 0n,
    leaf: 0x40000001n,
    name: 0x6c69614an,
    "comm+0": 0x0002_4d4d_4f43_484an,
    "comm+8": 0n,
    "comm+16": 1n << 32n,
    "comm+24": 0x3f8n,
    "comm+32": 0x0000_0002_0000_0000n,
    "comm+56": 0xb0000000n,
    "timer+cpus": 0x1_0608n,
    apic: 1_000_000n,
  });
});

test("hypercalls", async () => {
  const result = await run("hypercalls");
  expect(result.lines[0]).toBe("hputc 0000000000000000");
  const { hputc, ...others } = values(result);
  const negative = (n: bigint) => (1n << 64n) - n;
  expect(others).toEqual({
    disable: negative(1n),
    cells: 2n,
    state: 0n,
    foreign: negative(1n),
    unknown: negative(38n),
  });
});

/** By the number that inmates/violations.S takes. */
const cases: readonly [number: number, report: string][] = [
  [0, "write at 0x300000, which is outside the cell"],
  [1, "read at 0x300000, which is outside the cell"],
  [2, "write at 0xff100080, which is outside the cell"],
  [3, "jump to 0x300000, which is outside the cell"],
  [4, "access to I/O port 0x70, which is not the cell's"],
  [5, "access to I/O port 0xf4, which is not the cell's"],
  [6, "read at 0xfee000f0 by an instruction that cannot be emulated: devices take plain moves"],
  [7, "read of 2 bytes at 0xfee00080: this width, alignment or direction is not allowed there"],
  [8, "write of MSR 0x83f, which is the hypervisor's or does not take that value"],
  [9, "a triple fault: an exception for which the program has no handler"],
  [10, "write of MSR 0x1b, which is the hypervisor's or does not take that value"],
  [11, "write of MSR 0x830, which is the hypervisor's or does not take that value"],
  [13, "write of MSR 0x830, which is the hypervisor's or does not take that value"],
  [15, "write of MSR 0x835, which is the hypervisor's or does not take that value"],
];

describe("a violation parks the CPU and is reported with its callers", () => {
  test.each(cases)("action %i: %s", async (parameter, report) => {
    const { lines, outcome, messages } = await run("violations", { parameter });
    expect(outcome.states).toEqual(["failed"]);
    expect(lines).toEqual([]);
    expect(outcome.notes[0]).toBe(`cell tiny-demo, CPU 2 parked: ${report}`);
    expect(outcome.notes.filter((line) => line.startsWith("    at ")).length).toBeGreaterThanOrEqual(3);
    expect(outcome.notes.join()).toMatch(/ {2}rax=0x\w+ .*efer=0x1500/);
    expect(messages.map(({ kind }) => kind)).toEqual(["ready", "violation", "state", "end"]);
  });
});

test.each([
  [12, "plain moves to the APIC's page, and port 0x80"],
  [14, "MSRs' upper halves, any end of interrupt, the SVR's bit 9 and the LVT's bit 18"],
])("action %i: %s, are no violations", async (parameter) => {
  expect((await run("violations", { parameter })).lines).toEqual(["not stopped"]);
});

test("an IPI goes to the CPU that has the ID, or the bit, and to nobody by an ID of all ones", async () => {
  const result = await run("ipi", { icount: true });
  expect(values(result)).toEqual({ own: 1n, ones: 0n, x2ones: 0n, logical: 1n });
  expect(result.outcome.states).toEqual(["shut down"]);
});

test("interrupts of the APIC's timer come, and the same under --icount each time", async () => {
  expect((await run("tick", { parameter: 3 })).lines).toEqual(ticks(3));
  expect((await run("tick", { parameter: 3, icount: true })).lines).toEqual(ticks(3));
});

test("the APIC's timer has a TSC-deadline mode by option", async () => {
  const { lines, outcome } = await run("deadline", { tscDeadline: true });
  const line = (name: string, value: number) => `${name} ${value.toString(16).padStart(16, "0")}`;
  const round = [line("armed", 0), line("tick", 1)];
  expect(lines).toEqual([line("feature", 1), line("lvt", 0x40020), ...round, ...round, ...round, line("after", 0)]);
  expect(outcome.states).toEqual(["shut down"]);
  expect(values(await run("deadline"))).toEqual({ feature: 0n, lvt: 0x40020n });
});

test("a CPU is started by INIT and SIPI, again and again", async () => {
  const { lines, outcome } = await run("cpus", { cell: { cpus: [1, 2] } });
  expect(lines.slice(1)).toEqual(["second", "second", "arrived 0000000000000002", "done"]);
  expect(outcome.states).toEqual(["shut down"]);
});

describe("several cells", () => {
  test("have each their own CPU, memory, timer and console", async () => {
    const counts = [2, 5, 3];
    const { consoles, outcome } = await runJobs(counts.map((count, i) => cell(i, "tick", { parameter: count })));
    expect(consoles).toEqual(counts.map(ticks));
    expect(outcome.states).toEqual(counts.map(() => "shut down"));
  });

  test("go on beside those that fail, spin or print for ever, and all can be destroyed", async () => {
    const jobs = [
      cell(0, "violations", { parameter: 9 }),
      cell(1, "tick", { parameter: 20 }),
      cell(2, "loop"),
      cell(3, "flood"),
    ];
    const { consoles, outcome } = await runJobs(jobs, { seconds: 20 }, (run, line, from) => {
      if (from === 1 && line === "done") run.requestShutdown();
    });
    expect(consoles.slice(0, 3)).toEqual([[], ticks(20), ["spinning"]]);
    expect(new Set(consoles[3])).toEqual(new Set(["flood"]));
    expect(outcome.states).toEqual(["shut down", "shut down", "shut down", "shut down"]);
  });
});

test("a cell may refuse to shut down, and is then asked again", async () => {
  const { lines, outcome, messages } = await runInmate(
    "shutdown",
    { board, cell: { flags: [] } },
    (run, line) => {
      if (line === "ready") run.requestShutdown();
    },
    (run, message) => {
      if (message.kind === "refused") run.requestShutdown();
    },
  );
  expect(lines).toEqual(["ready", "refused", "approved"]);
  expect(outcome.states).toEqual(["shut down"]);
  expect(messages.filter(({ kind }) => kind === "refused" || kind === "approved").length).toBe(2);
});

test("a cell starts again and again without being loaded", async () => {
  let rounds = 0;
  const { lines } = await runInmate("tick", { board, parameter: 1, hold: true, seconds: 20 }, (run, line) => {
    if (line !== "done") return;
    if (++rounds < 10) run.startAgain();
    else run.stop();
  });
  expect(lines.slice(0, 20)).toEqual(Array.from({ length: 10 }, () => ticks(1)).flat());
});

test("CPU 0 is the monitor's", async () => {
  const job = jobOf("loop", { board, cell: { cpus: [0] } });
  await expect(runJobs([job])).rejects.toThrow(
    "cell tiny-demo: CPU 0 cannot be given to a cell on x86; give it another, as in cpus: [1]",
  );
});
