/** x86 programs on the simulator: as on cellbox, and what only the simulator can show. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { jhInmate } from "../../test/cli/cli.ts";
import { packageRoot } from "../root.ts";
import { type SimulateOptions, simulate } from "./index-node.ts";
import type { Simulator } from "./simulator.ts";

const demo = (name: string) => join(packageRoot, "demos", name);
const fixture = (name: string) => join(packageRoot, "test/fixtures", name);
const on = (name: string, options: SimulateOptions = {}) => simulate(demo(name), { board: "qemu-x86", ...options });

/** Instructions counted: cellbox's clock then does not depend on how busy this machine is. */
const TARGETS = { sim: ["--on", "sim"], cellbox: ["--icount"] } as const;

/** Complete lines of a run, which may end within one. */
async function run(where: "sim" | "cellbox", args: readonly string[]): Promise<string[]> {
  const { stdout, code } = await jhInmate(["run", ...args, "--board", "qemu-x86", ...TARGETS[where]]);
  expect(code, where).toBe(0);
  return stdout.replaceAll("\r", "").split("\n").slice(0, -1);
}

/** Numbers that differ from clock to clock; columns stay. */
const timeless = (line: string) =>
  line.replace(/[ \d]*\d(\.\d{3})? (ns|kHz)/g, "N $2").replace(/: {1,2}\d{9,10}$/, ": N");

describe("prints what cellbox prints", () => {
  test.each<[demo: string, ...args: string[]]>([
    ["hello"],
    ["32-bit-demo"],
    ["pci-demo", "--seconds", "2"],
    ["pci-demo", "--seconds", "2", "--args", "con-base=0x2f8"],
    ["uart-demo", "--seconds", "2.5"],
    ["tiny-demo", "--seconds", "2.5"],
  ])("%s %s %s", async (name, ...args) => {
    const seen = await run("sim", [demo(name), ...args]);
    expect(seen.map(timeless)).toEqual((await run("cellbox", [demo(name), ...args])).map(timeless));
  });

  /** As often as the time allows: the machines' timers began at other times. */
  test.each([
    ["apic-demo", 25],
    ["ioapic-demo", 1],
  ])("%s: the same lines again and again", async (name, least) => {
    const args = [demo(name), "--seconds", "3"];
    const [seen, expected] = [await run("sim", args), await run("cellbox", args)];
    expect(seen.length).toBeGreaterThan(least);
    expect(new Set(seen.map(timeless))).toEqual(new Set(expected.map(timeless)));
  });

  test("smp-demo, where any CPU may be the first there", async () => {
    const seen = await run("sim", [demo("smp-demo")]);
    const expected = await run("cellbox", [demo("smp-demo")]);
    const nameless = (line: string) => line.replace(/\d(?!\d* other)/g, "n");
    expect(seen.map(nameless)).toEqual(expected.map(nameless));
    expect(seen).toEqual([
      ...["Primary CPU has ID 1", "Found 2 other CPUs"],
      ...[2, 3].flatMap((id) => [` Starting CPU ${id}`, `Hello from CPU ${id}!`, "Received IPI on 1"]),
    ]);
  });

  test("what a cell finds of its machine", async () => {
    const program = [fixture("sim/x86-looks")];
    const lines = async (where: "sim" | "cellbox") =>
      (await run(where, program))
        // The board has four CPUs, of which cellbox makes as many as there are cells for; and it sets destinations.
        .map((line) => line.replace("02030800", "02040800").replace("ioapic 23: 02000000", "ioapic 23: 00000000"));
    expect(await lines("sim")).toEqual(await lines("cellbox"));
  });
});

describe("the hypervisor stops a CPU", () => {
  const refused = "this width, alignment, direction or value is not allowed there";
  const notItsMsr = "which is the hypervisor's or does not take that value";
  const reports: [action: number, words: string][] = [
    [1, "read of 4 bytes at 0x50000000, which is outside the cell"],
    [2, "access to I/O port 0x70, which is not the cell's"],
    [3, "access to I/O port 0x3ff, which is not the cell's"],
    [4, "access to I/O port 0xcf8, which is not the cell's"],
    [5, `write of MSR 0x1b, ${notItsMsr}`],
    [6, "read of MSR 0xc0010117, which is the hypervisor's"],
    [7, `write of MSR 0x277, ${notItsMsr}`],
    [8, `write of MSR 0x830, ${notItsMsr}`],
    [9, `write of MSR 0x832, ${notItsMsr}`],
    [10, `write of MSR 0x83f, ${notItsMsr}`],
    [11, `write of 4 bytes at 0xb0000004: ${refused}`],
    [12, `write of 4 bytes at 0xb00d8008: ${refused}`],
    [13, `write of 2 bytes at 0xb00d8050: ${refused}`],
    [14, `write of 1 byte at 0xfec00000: ${refused}`],
    [15, `write of 4 bytes at 0xfec00010: ${refused}`],
    [16, "read of 2 bytes at 0xfee00020: this width, alignment or direction is not allowed there"],
    [17, `write of 4 bytes at 0xfee000d0: ${refused}`],
  ];

  test.each(reports)("action %i: %s", async (action, words) => {
    const cell = await simulate(fixture("sim/x86-refusals"), { args: `action=${action}` });
    cell.advance(100);
    expect([cell.state, cell.console, cell.parked]).toEqual(["failed", "", [2]]);
    expect(cell.notes[0]).toBe(`cell refusals, CPU 2 parked: ${words}`);
    expect(cell.notes.at(-1)).toMatch(/^ {4}at top level \(main\.ts:\d+:\d+\)$/);
  });

  test.each([3, 10, 12, 17])("as on cellbox: action %i", async (action) => {
    const { stderr, code } = await jhInmate([
      "run",
      fixture("sim/x86-refusals"),
      "--icount",
      "--args",
      `action=${action}`,
    ]);
    const [, words] = reports[action - 1] as [number, string];
    expect([stderr.split("\n")[0], code]).toEqual([`cell refusals, CPU 2 parked: ${words}`, 1]);
  });
});

describe("apic-demo", () => {
  test("locked, refuses the first shutdown request and takes the second", async () => {
    const cell = await on("apic-demo");
    cell.advance(1000);
    expect(cell.state).toBe("running/locked");
    cell.send("shutdown");
    cell.advance(20);
    expect([cell.reply, cell.state]).toEqual(["refused", "running/locked"]);
    cell.send("shutdown");
    cell.advance(20);
    expect([cell.reply, cell.state]).toEqual(["approved", "shut down"]);
    expect(cell.lines.slice(-2)).toEqual(["Rejecting first shutdown request - try again!", "Stopped APIC demo"]);
  });

  test("ticks ten times a second, the same on every run, and late as the test wants", async () => {
    const ticks = async (options: SimulateOptions = {}) => {
      const cell = await on("apic-demo", options);
      cell.advance(60_000);
      return cell.lines.filter((line) => line.startsWith("Timer fired"));
    };
    const [one, two, late] = [await ticks(), await ticks(), await ticks({ faults: [{ late: 5000, nth: 1 }] })];
    expect(one).toEqual(two);
    expect(one.length).toBe(600);
    expect(one[0]).toBe("Timer fired, jitter:     16 ns, min:     16 ns, max:     16 ns");
    expect(late[0]).toBe("Timer fired, jitter:   5016 ns, min:   5016 ns, max:   5016 ns");
  });
});

test("ioapic-demo: the SCI rises each time that the timer's top bit changes, and may come from outside", async () => {
  const cell = await on("ioapic-demo");
  const times = () =>
    cell.trace.flatMap((event) => (event.kind === "interrupt" && event.irq === 32 ? [event.time] : []));
  cell.advance(10_000);
  const half = (2 ** 23 * 1e9) / 3_579_545;
  expect(times().map((time) => Math.round(time / half))).toEqual([1, 2, 3, 4]);
  expect(() => cell.raise(10)).toThrow("cell ioapic-demo does not have interrupt 10");
  cell.raise(9);
  cell.advance(1);
  expect(cell.lines.slice(-2)).toEqual(["ACPI IRQ received, status: 0001", "ACPI IRQ received, status: 0000"]);
});

describe("faults of the program", () => {
  test.each<[name: string, text: string]>([
    [
      "sim/x86-exception",
      `*** unexpected exception (syndrome 0xd00000000, address 0x0)
    at msr.read (~lib/jh-inmate/x86/msr.ts:<line>)
    at look (main.ts:5:10)
    at top level (main.ts:8:1)`,
    ],
    ["faults/unhandled-vector", "*** interrupt 36 has no handler: it is switched off"],
    ["faults/unexpected-vector", "*** interrupt before the first irq.on"],
  ])("%s", async (name, text) => {
    const cell = await simulate(fixture(name), { board: "qemu-x86" });
    cell.advance(1000);
    expect(cell.console.replaceAll("\r", "").replace(/msr\.ts:\d+:\d+/, "msr.ts:<line>")).toContain(text);
  });

  test("on a further CPU", async () => {
    const cell = await simulate(fixture("faults/cpu-fault"), { board: "qemu-x86", cell: "smp-demo" });
    cell.advance(1000);
    expect(cell.console.replaceAll("\r", "")).toContain("*** CPU 1: division by zero\n    at divide (main.ts:5:18)\n");
    expect(cell.state).toBe("failed");
  });
});

describe("ivshmem", () => {
  const pair = async (board: string): Promise<[Simulator, Simulator]> => {
    const [one, peer] = [await on("ivshmem-demo", { board }), await on("ivshmem-demo/peer", { board })];
    one.link(peer);
    return [one, peer];
  };

  test.each([
    ["qemu-x86", 2, 34, 0],
    // With a pin the peer's coming counts as well.
    ["qemu-arm64", 0, 145, 1],
  ])("two cells share memory and ring each other on %s", async (board, vector, irq, told) => {
    const [one, peer] = await pair(board);
    one.advance(2500);
    expect([one.now, peer.now]).toEqual([2500, 2500]);
    expect(one.lines).toContain("IVSHMEM: ID is 1");
    expect(peer.lines).toContain("IVSHMEM: ID is 2");
    expect(one.lines.filter((line) => line === `IVSHMEM: sending IRQ ${vector} to peer 2`).length).toBe(2);
    const last = peer.lines.findLastIndex((line) => line.endsWith(`IVSHMEM: got interrupt ${vector} (#2)`));
    expect(peer.lines.slice(last + 1, last + 10)).toEqual([
      ...["state[0] = 0", "state[1] = 2", "state[2] = 3", "rw[0] = 0", `rw[1] = ${told}`, "rw[2] = 2"],
      ...["in@0x0000 = 0", `in@0x2000 = ${told * 10}`, "in@0x4000 = 20"],
    ]);
    const rung = peer.trace.flatMap((event) => (event.kind === "interrupt" && event.irq === irq ? [event.time] : []));
    expect(rung.length).toBe(2);
  });

  test("the end of one cell shows in the other's state table, and rings it", async () => {
    const [one, peer] = await pair("qemu-x86");
    one.advance(100);
    const states = () => [1, 2].map((id) => one.memory.read32(0x3f0f0000 + 4 * id));
    expect(states()).toEqual([2, 3]);
    peer.send("shutdown");
    one.advance(100);
    expect([peer.state, states()]).toEqual(["shut down", [2, 0]]);
    expect(one.lines).toContain("IVSHMEM: got interrupt 0 (#2)");
  });

  test.each([
    ["qemu-x86", 1],
    ["qemu-arm64", 1],
  ])("a device whose memory is off is outside of the cell on %s", async (board, cpu) => {
    const cell = await simulate(fixture("sim/ivshmem-off"), { board });
    cell.advance(100);
    const words = "write of 4 bytes at 0xff000008, which is outside the cell";
    expect(cell.notes[0]).toBe(`cell off, CPU ${cpu} parked: ${words}`);
  });

  test("two peers with one number are refused", async () => {
    const one = await on("ivshmem-demo");
    const two = await on("ivshmem-demo");
    expect(() => one.link(two)).toThrow(
      "the ivshmem link at 01:0e.0 has two peers with number 1: give one of the cells another id in its ivshmem",
    );
  });

  test("cellbox prints the same of the link", async () => {
    const cells = ["run", demo("ivshmem-demo"), demo("ivshmem-demo/peer"), "--board", "qemu-x86"];
    const own = ({ stdout }: { stdout: string }) =>
      ["ivshmem-demo", "ivshmem-peer"].map((name) =>
        stdout
          .replaceAll("\r", "")
          .split("\n")
          .filter((line) => line.startsWith(`${name} | IVSHMEM: `))
          .slice(0, 9),
      );
    const rung = ["--seconds", "20", "--expect", "got interrupt 2"];
    const seen = own(await jhInmate([...cells, ...rung, ...TARGETS.sim]));
    expect(seen.flat().length).toBe(18);
    expect(seen).toEqual(own(await jhInmate([...cells, ...rung, ...TARGETS.cellbox])));
  });
});

describe("e1000-demo", () => {
  const cells = ["run", demo("e1000-demo"), demo("e1000-demo/peer"), "--board", "qemu-x86"];

  test("two cells find each other on a cable, as on cellbox, where either may ask", async () => {
    const lines = async (target: readonly string[]) => {
      const { stdout, code } = await jhInmate([...cells, "--seconds", "20", "--expect", "Received pong", ...target]);
      expect(code).toBe(0);
      // Who came first may have waited a while.
      const all = stdout
        .replaceAll("\r", "")
        .split("\n")
        .filter((line) => line !== "" && !line.endsWith("Waiting for peer"));
      return new Set(all.map((line) => timeless(line).replace(/^e1000-(demo|peer) \| (R)/, "$2")));
    };
    // It polls: to count instructions would take long.
    expect(await lines(TARGETS.sim)).toEqual(await lines([]));
  });

  test("a card alone waits for a peer", async () => {
    const cell = await on("e1000-demo");
    cell.advance(1000);
    expect(cell.lines.slice(-2)).toEqual(["MAC: 52:54:00:12:34:56", "Waiting for peer"]);
  });
});
