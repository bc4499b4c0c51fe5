/** The SDK's counters and its own regulation, over the simulated PMU and the physical timer. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { packageRoot } from "../../root.ts";
import { buildProgram } from "../build-node.ts";
import { Simulator, simulate } from "../index-node.ts";

const fixture = (name: string) => join(packageRoot, "test/fixtures/inmates", name);

test("measuring an empty function shows nothing, a thousand turns of a loop 10 ns each; overflows call their handler", async () => {
  const sim = await simulate(fixture("pmu"), { board: "qemu-arm64" });
  sim.advance(100);
  expect(sim.lines.slice(0, 4)).toEqual([
    "counters 6",
    "nothing 0 0 0",
    // Cycles, instructions, which are not known, and cycles by an event counter.
    "work 10000 0 10000 false",
    "overflows 9 left 5",
  ]);
});

test("regulation by PPI: the budget in each period", async () => {
  const sim = await simulate(fixture("memguard"), { board: "qemu-arm64", args: "budget=100" });
  sim.advance(100);
  expect(sim.lines.slice(0, 2)).toEqual(["hypervisor's false", "periods 20 overruns 20 most 100 last 100"]);
});

test("and by the SPI that the ZCU102 has for each CPU, if the cell has it", async () => {
  const built = await buildProgram({ source: fixture("memguard"), board: "zynqmp-zcu102" });
  const gicd = built.board.gic!.distributor;
  const regulated = (...pins: readonly number[]) => {
    const cell = { ...built.cell, irqchips: [{ address: gicd, id: 0, pinBase: 160, pins }] };
    const sim = new Simulator({ ...built, cell, args: "budget=100 pmu-irq=178" });
    sim.advance(100);
    return sim.lines[1];
  };
  expect(built.cell.cpus).toEqual([3]);
  expect(regulated(178)).toBe("periods 20 overruns 20 most 100 last 100");
  expect(regulated()).toMatch(/^periods 20 overruns 0 /);
});
