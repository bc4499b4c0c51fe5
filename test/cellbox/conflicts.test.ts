import { describe, expect, test } from "vitest";
import { machineFor } from "../../scripts/run/cellbox-machine.ts";
import { boardWithGicv2, cellOf, jobOf, type Plan } from "./inmate.ts";

const first = cellOf(0, "loop");
const against = (number: number, plan: Plan = {}) => machineFor([first, cellOf(number, "tick", plan)]);

describe("two cells cannot both have", () => {
  test("the stock cell", () => {
    expect(() => machineFor([jobOf("loop"), jobOf("tick")])).toThrow(
      "loop (cell inmate-demo) and tick (cell inmate-demo) both have CPU 1: give each cell its own, as in cpus: [2]",
    );
  });

  test("a CPU", () => {
    expect(() => against(1, { cell: { cpus: [3, 1] } })).toThrow(
      "cell loop-0 and cell tick-1 both have CPU 1: give each cell its own, as in cpus: [2]",
    );
  });

  test("memory", () => {
    const memory = [
      { physical: 0x7800f000n, address: 0n, size: 0x2000n, flags: ["read", "write", "loadable"] as const },
    ];
    expect(() => against(1, { cell: { memory } })).toThrow(
      "cell loop-0 and cell tick-1 have the same memory: region 6 (physical 0x78000000-0x7800ffff) and region 0 " +
        '(physical 0x7800f000-0x78010fff) overlap; give each cell its own, or mark both regions "rootshared" to share them',
    );
  });

  test("a name", () => {
    expect(() => against(1, { cell: { name: "loop-0" } })).toThrow(
      "loop-0 and tick-1 are both in a cell called loop-0: Jailhouse knows cells by name, give one another",
    );
  });
});

test("cells share what the root cell shares, and the UART", () => {
  expect(against(1)).toMatchObject({ gicVersion: 3, cpus: 3, ram: 1019n << 20n });
  const uart = [{ physical: 0x9000000n, address: 0x9000000n, size: 0x1000n, flags: ["read", "write", "io"] as const }];
  expect(against(1, { cell: { memory: uart } }).cpus).toBe(3);
});

test("cells of two boards do not run together", () => {
  expect(() => against(1, { board: boardWithGicv2 })).toThrow(
    "cells that run together are on one board: loop-0 is for qemu-arm64, tick-1 for qemu-arm64-gicv2; choose with --board",
  );
});
