import { expect, test } from "vitest";
import { cellRam, decodeCell, decodeSystem, encodeCell, encodeSystem, formats } from "../index.ts";
import type { MemoryRegion } from "../model.ts";
import { vexpressA15 } from "./index.ts";

// There is no reference to compare with, so this holds the board against itself.
const { system, cells, inmateMemory, gic, qemu } = vexpressA15;
const root = system.rootCell;
const inmate = cells["vexpress-a15-inmate-demo"];

type Span = Pick<MemoryRegion, "physical" | "size">;
const overlap = (a: Span, b: Span) => a.physical < b.physical + b.size && b.physical < a.physical + a.size;
const within = (a: Span, b: Span) => b.physical <= a.physical && a.physical + a.size <= b.physical + b.size;

test.each(["mainline", "rt"] as const)(
  "the configurations in format %s decode to what they were encoded from",
  (name) => {
    const of = { arch: "arm", format: formats[name] } as const;
    expect(decodeCell(encodeCell(inmate, of.format), of)).toEqual(inmate);
    expect(decodeSystem(encodeSystem(system, of.format), of)).toEqual(system);
  },
);

test("root covers the inmates' RAM, which is nobody else's", () => {
  const pool = inmateMemory as Span;
  for (const ram of [pool, cellRam(inmate)]) {
    expect(root.memory.some((region) => region.flags.includes("execute") && within(ram, region))).toBe(true);
    expect(overlap(ram, system.hypervisorMemory)).toBe(false);
  }
  expect(inmate.memory.filter((region) => overlap(region, pool))).toEqual([]);
});

test("nobody has the interrupt controller, the virtual PCI host or the hypervisor", () => {
  const taken = [
    { physical: gic!.distributor, size: 0x7000n },
    { physical: system.pciMmconfigBase, size: 0x100000n },
    system.hypervisorMemory,
  ];
  for (const region of [...root.memory, ...inmate.memory]) {
    expect(taken.filter((span) => overlap(region, span))).toEqual([]);
  }
});

test("CPUs and interrupts are those of QEMU's machine", () => {
  expect(root.cpus).toEqual([0, 1]);
  expect(qemu?.cpus).toBe(2);
  const ids = root.irqchips[0]!.pins;
  expect([ids[0], ids.at(-1)]).toEqual([32, 95]);
  expect(inmate.irqchips[0]!.pins.filter((id) => !ids.includes(id))).toEqual([]);
});
