/** x86 programs on the simulator: as on cellbox, and what only the simulator can show. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { jhInmate } from "../../test/cli/cli.ts";
import { packageRoot } from "../root.ts";
import { Group } from "./group.ts";
import { type SimulateOptions, simulate } from "./index-node.ts";
import type { Simulator } from "./simulator.ts";

const demo = (name: string) => join(packageRoot, "demos", name);
const fixture = (name: string) => join(packageRoot, "test/fixtures", name);
const on = (name: string, options: SimulateOptions = {}) => simulate(demo(name), { board: "qemu-x86", ...options });

/** Complete lines of a run, which may end within one. */
async function run(where: "sim" | "cellbox", args: readonly string[]): Promise<string[]> {
  const { stdout, code } = await jhInmate(["run", ...args, "--board", "qemu-x86", "--on", where]);
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

describe("the hypervisor stops a CPU as on cellbox", () => {
  const parked = async (where: string, action: number) => {
    const args = ["--on", where, "--args", `action=${action}`];
    const { stdout, stderr, code } = await jhInmate(["run", fixture("sim/x86-refusals"), ...args]);
    expect([stdout, code]).toEqual(["", 1]);
    const lines = stderr.split("\n");
    const report = lines.findIndex((line) => line.includes("parked"));
    const place = lines.slice(report).find((line) => line.includes("(main.ts:"));
    return [lines[report], place?.replace(/:\d+\)/, ")")];
  };

  test.each(Array.from({ length: 16 }, (_, i) => i + 2))("action %i", async (action) => {
    expect(await parked("sim", action)).toEqual(await parked("cellbox", action));
  });

  test("outside of the cell; the simulator knows the width, too", async () => {
    const words = "parked: read of 4 bytes at 0x50000000, which is outside the cell";
    expect((await parked("sim", 1))[0]).toBe(`cell refusals, CPU 2 ${words}`);
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
      "general-protection",
      `*** unexpected exception (syndrome 0xd00000000, address 0x0)
    at peek (main.ts:5:10)
    at top level (main.ts:7:16)`,
    ],
    ["unhandled-vector", "*** interrupt 36 has no handler: it is switched off"],
    ["unexpected-vector", "*** interrupt before the first irq.on"],
  ])("%s", async (name, text) => {
    const cell = await simulate(fixture(`faults/${name}`), { board: "qemu-x86" });
    cell.advance(1000);
    expect(cell.console.replaceAll("\r", "")).toContain(text);
  });

  test("on a further CPU", async () => {
    const cell = await simulate(fixture("faults/cpu-fault"), { board: "qemu-x86", cell: "smp-demo" });
    cell.advance(1000);
    expect(cell.console.replaceAll("\r", "")).toContain("*** CPU 1: division by zero\n    at divide (main.ts:5:18)\n");
    expect(cell.state).toBe("failed");
  });
});

describe("ivshmem", () => {
  const pair = async (board: string): Promise<[Simulator, Simulator, Group]> => {
    const cells = [await on("ivshmem-demo", { board }), await on("ivshmem-demo/peer", { board })] as const;
    return [...cells, new Group(cells)];
  };

  test.each([
    ["qemu-x86", 2, 34],
    ["qemu-arm64", 0, 145],
  ])("two cells share memory and ring each other on %s", async (board, vector, irq) => {
    const [one, peer, group] = await pair(board);
    group.advance(2500);
    expect(one.lines).toContain("IVSHMEM: ID is 1");
    expect(peer.lines).toContain("IVSHMEM: ID is 2");
    expect(one.lines.filter((line) => line === `IVSHMEM: sending IRQ ${vector} to peer 2`).length).toBe(2);
    const last = peer.lines.lastIndexOf(`IVSHMEM: got interrupt ${vector} (#2)`);
    expect(peer.lines.slice(last + 1, last + 10)).toEqual([
      ...["state[0] = 0", "state[1] = 2", "state[2] = 3", "rw[0] = 0", "rw[1] = 0", "rw[2] = 2"],
      ...["in@0x0000 = 0", "in@0x2000 = 0", "in@0x4000 = 20"],
    ]);
    const rung = peer.trace.flatMap((event) => (event.kind === "interrupt" && event.irq === irq ? [event.time] : []));
    expect(rung.length).toBe(2);
  });

  test("the end of one cell shows in the other's state table", async () => {
    const [one, peer, group] = await pair("qemu-x86");
    group.advance(100);
    peer.send("shutdown");
    group.advance(100);
    expect(peer.state).toBe("shut down");
    expect([1, 2].map((id) => one.memory.read32(0x3f0f0000 + 4 * id))).toEqual([2, 0]);
  });

  test("two peers with one number are refused", async () => {
    const one = await on("ivshmem-demo");
    const two = await on("ivshmem-demo");
    expect(() => one.link(two)).toThrow(
      "the ivshmem link at 01:0e.0 has two peers with number 1: give one of the cells another id in its ivshmem",
    );
  });

  test("cellbox prints the same of the link", async () => {
    const cells = ["run", demo("ivshmem-demo"), demo("ivshmem-demo/peer"), "--board", "qemu-x86", "--seconds", "2"];
    const own = ({ stdout }: { stdout: string }) =>
      ["ivshmem-demo", "ivshmem-peer"].map((name) =>
        stdout
          .replaceAll("\r", "")
          .split("\n")
          .filter((line) => line.startsWith(`${name} | IVSHMEM: `))
          .slice(0, 11),
      );
    const seen = own(await jhInmate([...cells, "--on", "sim"]));
    const expected = own(await jhInmate(cells));
    expect(seen.map((lines) => lines.slice(0, 9))).toEqual(expected.map((lines) => lines.slice(0, 9)));
    expect(seen.flat().length).toBe(22);
  });
});
