/** The other demos for Arm, and what disturbs them. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { boards } from "../../boards/index.ts";
import { packageRoot } from "../root.ts";
import { type SimulateOptions, simulate } from "./index-node.ts";

const demo = (name: string, options: SimulateOptions = {}) => simulate(join(packageRoot, "demos", name), options);

test("hello ends well", async () => {
  const sim = await demo("hello");
  sim.advance(10);
  expect(sim.lines).toEqual(["Hello from TypeScript!"]);
  expect(sim.state).toBe("shut down");
  expect(sim.hasEnded).toBe(true);
});

/** A board of each kind of UART; they differ in GIC and rate of the counter, too. */
const kinds = new Map(
  Object.values(boards).flatMap((board) => {
    const cell = board.arch === "arm64" && board.inmateCell ? board.cells[board.inmateCell] : undefined;
    return cell && cell.console.type !== "none" ? [[cell.console.type, board.name] as const] : [];
  }),
);
test.each([...kinds, ["PL011", "foundation-v8"]])("%s: the beat on %s", async (_, board) => {
  const sim = await demo("gic-demo", { board });
  sim.advance(250);
  expect(sim.lines.slice(2)).toEqual(Array(2).fill("Timer fired, jitter:      0 ns, min:      0 ns, max:      0 ns"));
});

describe("smp-demo", () => {
  const others = [2, 3, 4].flatMap((id) => [` Starting CPU ${id}`, `Hello from CPU ${id}!`, "Received IPI on 1"]);
  test("each CPU greets and interrupts the first", async () => {
    const sim = await demo("smp-demo");
    sim.advance(10);
    expect(sim.lines).toEqual(["Primary CPU has ID 1", "Found 3 other CPUs", ...others]);
    expect(sim.state).toBe("shut down");
  });

  test("a lost IPI: the first CPU waits for ever", async () => {
    const sim = await demo("smp-demo", { faults: [{ lose: 8, nth: 2 }] });
    sim.advance(1000);
    expect(sim.lines.slice(2)).toEqual(others.slice(0, 5));
    expect(sim.state).toBe("running");
  });
});

test("atomics, locks, whole lines, interrupts on every CPU", async () => {
  const sim = await simulate(join(packageRoot, "test/fixtures/smp"), { board: "qemu-arm64" });
  sim.advance(2000);
  const [rounds, lines, cpus] = [1000, 10, 4];
  const printed = Array.from({ length: cpus * lines }, (_, i) => {
    return `CPU ${Math.floor(i / lines)} prints line ${i % lines} of ${lines}, whole`;
  });
  expect(sim.lines.slice(0, printed.length).sort()).toEqual(printed.sort());
  expect(sim.lines[printed.length]).toBe(
    Array(3)
      .fill(cpus * rounds)
      .join(" "),
  );
  expect(sim.lines.at(-1)).toBe("end");
  expect(sim.state).toBe("shut down");
});

test("uart-demo counts seconds", async () => {
  const sim = await demo("uart-demo");
  sim.advance(3500);
  expect(sim.lines).toEqual(["Hello 1 from cell!", "Hello 2 from cell!", "Hello 3 from cell!"]);
});

describe("ivshmem-demo", () => {
  const FIRST_OUTPUT = 0x7fafa000;
  test("two linked cells ring each other", async () => {
    const [one, other] = [await demo("ivshmem-demo"), await demo("ivshmem-demo/peer", { board: "qemu-arm64" })];
    one.link(other);
    one.advance(3500);
    expect(other.now).toBe(3500);
    expect(one.console).toContain("IVSHMEM: ID is 1");
    expect(other.console).toContain("IVSHMEM: got interrupt 0 (#3)");
  });

  test("a bit flips in shared memory: it is what the program reads", async () => {
    const flip = { flip: FIRST_OUTPUT, bit: 5, at: 500 };
    const sim = await demo("ivshmem-demo", { faults: [flip] });
    sim.advance(600);
    sim.raise(144);
    sim.advance(10);
    expect(sim.memory.read32(FIRST_OUTPUT)).toBe(32);
    expect(sim.lines.filter((line) => line.startsWith("in@0x0000"))).toEqual(["in@0x0000 = 0", "in@0x0000 = 32"]);
  });
});

describe("tests that ask for what is not there", () => {
  test("an interrupt", async () => {
    const sim = await demo("hello");
    expect(() => sim.raise(99)).toThrow("cell hello does not have interrupt 99");
  });
  test("memory", async () => {
    const sim = await demo("hello");
    expect(() => sim.memory.read32(0x40000000)).toThrow("cell hello has no 4 bytes of memory at 0x40000000");
  });
  test("a flip where nothing is", async () => {
    const sim = await demo("hello", { faults: [{ flip: 0x40000000, bit: 0, at: 1 }] });
    expect(() => sim.advance(2)).toThrow("flip: cell hello has no memory at 0x40000000");
  });
});
