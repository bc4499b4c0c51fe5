import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { packageRoot } from "../../scripts/root.ts";
import { MEMGUARD_NOTE } from "../../scripts/run/cellbox-log.ts";
import { makeJob, withArgs } from "../../scripts/run/jobs.ts";
import type { CellJob } from "../../scripts/run/target.ts";
import { jhInmate } from "../cli/cli.ts";
import { board, boardX86, runInmate, runJobs, values } from "./inmate.ts";

const CALLS = "test/fixtures/inmates/rt-calls";

/** What the fixture prints under the real-time fork in QEMU, word by word. */
const FORK = [
  "counters: 4",
  "first: error false, some events, some time",
  "periodic: error false, most events, some time over budget over time",
  "held: true",
  "once: error false, some events, some time over budget",
  "once, time over: error false, most events, some time over time",
  "nothing over: error false, most events, some time",
  "no budget: error false, some events, some time",
  "after off: error false, some events, some time",
  "periodic without time: error true, some events, some time",
  "after an error: error false, some events, some time",
  "masked: error false, some events, some time",
  "ticks after it: 1",
  "ticks while masked: 0",
  "ticks then: 2",
  "masked and periodic: error false, most events, some time over time",
  "held: false",
  "nowhere: -12",
  "unknown: -38",
  "translation: 0",
  "done",
];
const FORK_QOS = [
  "three: 0",
  "no such device: -19",
  "no such parameter: -22",
  "no device: -19",
  "disable: 0",
  "nowhere: -12",
  "too many: -12",
  "done",
];

describe.each(["qemu-arm64", "qemu-arm64-gicv2"])("%s", (name) => {
  test("MemGuard answers and holds as under the real-time fork, which tells of each call", async () => {
    const args = ["run", CALLS, "--board", name, "--cell", `rt:${name}-inmate-demo`, "--seconds", "5", "--icount"];
    const { code, stdout, stderr } = await jhInmate([...args, "--args", "spin=10"]);
    expect(stdout.replaceAll("\r", "").trim().split("\n")).toEqual(FORK);
    const lines = stderr.split("\n");
    expect(lines[0]).toBe(MEMGUARD_NOTE);
    expect(lines.slice(1, 5)).toEqual([
      "[MG] memguard_call 0 0 0 (CPU 1)",
      "[MG] memguard_call 5000 1000000 1 (CPU 1)",
      "[MG] memguard_call 0 0 0 (CPU 1)",
      "[MG] memguard_call 1000000 1000000 0 (CPU 1)",
    ]);
    expect(lines.filter((line) => line === MEMGUARD_NOTE)).toHaveLength(1);
    expect(lines).toContain("[DEBUG] Translated 0x12345000 -> 0x00000809");
    expect(code).toBe(0);
  });
});

test("a CPU that MemGuard holds can be stopped, and starts again without it", async () => {
  const cell = "rt:qemu-arm64-inmate-demo";
  const job = await makeJob({ source: join(packageRoot, CALLS), board: "qemu-arm64", cell, args: "stuck" });
  let starts = 0;
  const { consoles } = await runJobs([job], { hold: true }, (run) => {
    if (++starts === 2) run.stop();
    else setTimeout(() => run.startAgain(), 200);
  });
  const fresh = "fresh: error false, some events, some time\r";
  expect(consoles[0]).toEqual([fresh, fresh]);
});

test("the hypervisor's counter is out of a cell's reach, and the cell's four are its own", async () => {
  const args = [
    "run",
    CALLS,
    "--board",
    "qemu-arm64",
    "--cell",
    "rt:qemu-arm64-inmate-demo",
    "--seconds",
    "5",
    "--icount",
  ];
  const { stdout } = await jhInmate([...args, "--args", "pmu spin=5"]);
  expect(stdout.replaceAll("\r", "").trim().split("\n")).toEqual([
    "counters: 4",
    ...["reset", "write", "event", "stop", "interrupt"].map((what) => `${what}: true`),
    "increments: 1, overflows 8",
    "not its own: 0",
    // Hardware's cycles and refills stand still then, QEMU's cycles do not.
    "asleep, over budget: false",
    "done",
  ]);
});

describe("QoS", () => {
  let job: CellJob;
  beforeAll(async () => {
    const cell = "rt:zynqmp-zcu102-bomb0";
    job = withArgs(await makeJob({ source: join(packageRoot, CALLS), board: "zynqmp-zcu102", cell }), "qos");
  });

  test("the fork's table of the board, its results and lines; fields are changed, control registers overwritten", async () => {
    const { consoles, messages, outcome } = await runJobs([job]);
    expect(consoles[0]?.map((line) => line.trimEnd())).toEqual(FORK_QOS);
    const seen = messages.flatMap((message) =>
      message.kind === "qos" || message.kind === "qos-control"
        ? [[message.device, message.parameter, ...message.values.map(Number)]]
        : [],
    );
    expect(seen.slice(0, 6)).toEqual([
      // 4 bits of 0x13.
      ["rpu0", "read_qos", 0x13, 0x42100, 3],
      ["rpu0", "ar_r", 0x10, 0x4212c, 0x1000000],
      ["rpu0", undefined, 2, 0x4210c, 2],
      ["issib6", "aw_p", 1, 0xc3118, 0x1000000],
      ["issib6", undefined, 1, 0xc310c, 1],
      // The next device is none, but the one before is done with.
      ["rpu0", "read_qos", 0x13, 0x42100, 3],
    ]);
    expect(seen[6]).toEqual(["rpu0", undefined, 0, 0x4210c, 0]);
    // "disable": each of the eighteen.
    expect(seen.slice(-18).every(([, parameter, value]) => parameter === undefined && value === 0)).toBe(true);
    expect(outcome.notes).toContain("[QoS] QoS: Dev [rpu0], Param [ar_r] = 0x00000010 (reg off: +0x0004212c)");
  });

  test("a call without a setting, which the fork does not survive, is told", async () => {
    const { consoles, outcome } = await runJobs([withArgs({ ...job, images: job.images.slice(0, 1) }, "qos none")]);
    expect(consoles[0]?.[0]).toBe("none: 0\r");
    expect(outcome.notes[0]).toBe(
      "hypercall 11 without a setting (CPU 1): the real-time fork's hypervisor crashes at that, leave it out",
    );
  });

  test("a board for which the fork has no table has no device", async () => {
    const args = ["run", CALLS, "--board", "qemu-arm64", "--cell", "rt:qemu-arm64-inmate-demo", "--seconds", "5"];
    const { stdout } = await jhInmate([...args, "--args", "qos"]);
    expect(stdout.replaceAll("\r", "").split("\n").slice(0, 5)).toEqual([
      "three: -19",
      "no such device: -19",
      "no such parameter: -19",
      "no device: -19",
      "disable: 0",
    ]);
  });
});

test.each([board, boardX86])("without the fork there are no such calls: $name", async (board) => {
  const result = await runInmate("rt-calls", { board });
  const unknown = BigInt.asUintN(64, -38n);
  expect(values(result)).toEqual({ "call-10": unknown, "call-11": unknown, "call-12": unknown });
});
