/** demos/gic-demo in virtual time: what it measures is what was injected, and every run is the same. */
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { jhInmate } from "../../test/cli/cli.ts";
import { packageRoot } from "../root.ts";
import { type Built, buildProgram } from "./build-node.ts";
import { Simulator, type SimulatorOptions } from "./simulator.ts";

let built: Built;
beforeAll(async () => {
  built = await buildProgram({ source: join(packageRoot, "demos/gic-demo") });
});
const start = (options: Partial<SimulatorOptions> = {}) => new Simulator({ ...built, ...options });

/** Jitter, min and max of each line. */
function figures(sim: Simulator): number[][] {
  const lines = sim.lines.filter((line) => line.startsWith("Timer fired"));
  return lines.map((line) => [...line.matchAll(/(-?\d+) ns/g)].map(([, ns]) => Number(ns)));
}

describe("what it prints equals what was injected", () => {
  test("jitter by number", () => {
    const late = [320, 16, 4800, 160, 32000];
    const sim = start({ jitter: (n) => late[(n - 1) % late.length] as number });
    sim.advance(1050);
    let [least, most] = [Number.POSITIVE_INFINITY, 0];
    const expected = Array.from({ length: 10 }, (_, i) => {
      const ns = late[i % late.length] as number;
      [least, most] = [Math.min(least, ns), Math.max(most, ns)];
      return [ns, least, most];
    });
    expect(figures(sim)).toEqual(expected);
  });

  test("random jitter: other numbers with another seed, never more than the most, to the tick of the counter", () => {
    const run = (seed: number) => {
      const sim = start({ jitter: { max: 8000 }, seed });
      sim.advance(10_050);
      const taken = sim.trace.flatMap((event) => (event.kind === "interrupt" ? [event.time] : []));
      const late = taken.map((time, i) => Math.floor((time - (i + 1) * 1e8) / 16) * 16);
      expect(figures(sim).map(([ns]) => ns)).toEqual(late);
      expect(Math.max(...late)).toBeLessThanOrEqual(8000);
      expect(new Set(late).size).toBeGreaterThan(50);
      return late;
    };
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
  });

  test("latency", () => {
    const sim = start({ latency: 3200 });
    sim.advance(550);
    expect(figures(sim)).toEqual(Array(5).fill([3200, 3200, 3200]));
  });

  test("one late interrupt", () => {
    const sim = start({ faults: [{ late: 48_000, nth: 2 }] });
    sim.advance(350);
    expect(figures(sim)).toEqual([
      [0, 0, 0],
      [48_000, 0, 48_000],
      [0, 0, 48_000],
    ]);
  });
});

describe("the same run is the same", () => {
  const options = { jitter: { max: 5000 }, traceAccesses: true };

  test("twice", () => {
    const [one, other] = [start(options), start(options)];
    one.advance(700);
    other.advance(700);
    expect(one.trace.length).toBeGreaterThan(500);
    expect(other.trace).toEqual(one.trace);
    expect(other.console).toBe(one.console);
  });

  test("in pieces of any size", () => {
    const whole = start(options);
    whole.advance(350);
    for (const piece of [0.0123, 7, 99.9999]) {
      const sim = start(options);
      while (sim.now < 350) sim.advance(Math.min(piece, 350 - sim.now));
      expect(sim.trace).toEqual(whole.trace);
      expect(sim.console).toBe(whole.console);
    }
  });
});

describe("faults show what the program does about them", () => {
  test("a lost timer interrupt: it is never set again", () => {
    const sim = start({ faults: [{ lose: 27, nth: 4 }] });
    sim.advance(2000);
    expect(figures(sim)).toHaveLength(3);
    expect(sim.trace.filter(({ kind }) => kind === "lost")).toEqual([{ time: 4e8, kind: "lost", irq: 27 }]);
    expect(sim.state).toBe("running");
  });

  test("a spurious one: it counts as a beat, early", () => {
    const sim = start({ faults: [{ spurious: 27, at: 250 }] });
    sim.advance(450);
    expect(sim.lines.filter((line) => line.includes("-50000000 ns")).length).toBeGreaterThan(0);
  });

  test("a UART that is never ready: the console is given up, the beat goes on", () => {
    const sim = start({ faults: [{ uart: "never ready", from: 250 }] });
    sim.advance(3000);
    expect(figures(sim)).toHaveLength(2);
    // The first byte after that waits for a second.
    const beats = sim.trace.filter((event) => event.kind === "interrupt");
    expect(beats.length).toBeGreaterThan(20);
  });

  test("a malformed command line: said, and the default taken", () => {
    const sim = start({ args: "con-base=0x90000zz led-reg" });
    sim.advance(150);
    expect(sim.lines[0]).toBe('*** argument "con-base=0x90000zz" is not understood: its default is used');
  });

  test("shutdown at any moment: the cell is passive, so it is taken to agree", () => {
    for (const at of [0.0001, 100.0001, 250]) {
      const sim = start({ faults: [{ send: "shutdown", at }] });
      sim.advance(1000);
      expect(sim.state).toBe("shut down");
      expect(figures(sim).length).toBe(Math.floor(at / 100) - (at === 100.0001 ? 1 : 0));
    }
  });
});

test("an hour by the command: 36,000 beats", async () => {
  const { code, stdout } = await jhInmate(["run", "demos/gic-demo", "--on", "sim", "--seconds", "3600"]);
  expect(code).toBe(0);
  // The beat at the last moment is not printed any more.
  expect(stdout.split("\n").filter((line) => line.startsWith("Timer fired")).length).toBeGreaterThanOrEqual(35_999);
});
