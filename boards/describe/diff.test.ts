import { expect, test } from "vitest";
import type { CellConfig } from "../model.ts";
import { diffConfigurations } from "./diff.ts";
import { findReference } from "./references.ts";

const reference = findReference("qemu-arm64-inmate-demo");
const cell = reference.config as CellConfig;
const [uart] = cell.memory.filter(({ address }) => address === 0x9000000n);

const changes: [what: string, changed: Partial<CellConfig>, differences: unknown[]][] = [
  ["CPUs", { cpus: [1, 2] }, [{ change: "changed", what: "CPUs", before: "1", after: "1-2" }]],
  [
    "flags",
    { flags: ["aarch32"] },
    [
      { change: "removed", what: "flag", before: "passive-commreg" },
      { change: "added", what: "flag", after: "aarch32" },
    ],
  ],
  [
    "a region's size and place",
    {
      memory: cell.memory.map((region) =>
        region.address === 0n ? { ...region, size: 0x100000n, physical: 0x78000000n } : region,
      ),
    },
    [
      { change: "changed", what: "memory at 0x0 (RAM): size", before: "64 KiB", after: "1 MiB" },
      { change: "changed", what: "memory at 0x0 (RAM): physical", before: "0x7fa00000", after: "0x78000000" },
    ],
  ],
  [
    "a region that is gone",
    { memory: cell.memory.filter((region) => region !== uart) },
    [
      {
        change: "removed",
        what: "memory at 0x9000000 (pl011, the console)",
        before: "4 KiB, physical 0x9000000, read write io rootshared",
      },
    ],
  ],
  [
    "interrupts",
    { irqchips: cell.irqchips.map((chip) => ({ ...chip, pins: [33, 34] })) },
    [
      {
        change: "removed",
        what: "interrupts of GIC 0x8000000",
        before: "144 (INTA of the virtual PCI bus: ivshmem 00:00.0)",
      },
      { change: "added", what: "interrupts of GIC 0x8000000", after: "33-34 (pl011, pl031)" },
    ],
  ],
  [
    "a PCI device",
    { pciDevices: cell.pciDevices.map((device) => ({ ...device, msixVectors: 2 })) },
    [
      {
        change: "changed",
        what: "PCI device 00:00.0: interrupt",
        before: "INTA, interrupt 144",
        after: "MSI-X, 2 vectors",
      },
    ],
  ],
  ["streams", { streamIds: [0x870] }, [{ change: "added", what: "IOMMU streams", after: "0x870" }]],
  ["ports", { ports: [{ base: 0x3f8, length: 8 }] }, [{ change: "added", what: "I/O ports", after: "0x3f8-0x3ff" }]],
  [
    "the order of regions",
    { memory: [...cell.memory].reverse() },
    [
      {
        change: "changed",
        what: "memory[0].physical (order or a field without effect)",
        before: "0x7faf0000",
        after: "0x0",
      },
    ],
  ],
];

test.each(changes)("%s", (_, changed, differences) => {
  expect(diffConfigurations(reference, { ...reference, config: { ...cell, ...changed } })).toEqual(differences);
});

test("formats and colours", () => {
  const coloured = findReference("rt:zynqmp-zcu102-inmate-col-demo");
  const all = diffConfigurations(findReference("zynqmp-zcu102-inmate-demo"), coloured);
  expect(all).toEqual([
    { change: "changed", what: "format", before: "mainline", after: "rt" },
    { change: "changed", what: "memory at 0x0 (RAM): physical", before: "0x800600000", after: "0x801200000" },
    { change: "changed", what: "memory at 0x0 (RAM): cache", before: "all colours", after: "colours 0-7 of 16" },
  ]);
});

test("names of devices are no difference", () => {
  const { board: _, ...nameless } = reference;
  expect(diffConfigurations(reference, nameless)).toEqual([]);
  expect(diffConfigurations(nameless, reference)).toEqual([]);
});

test("configurations of two boards have no names", () => {
  const [first] = diffConfigurations(findReference("hikey-inmate-demo"), reference).filter(
    ({ what }) => what === "console",
  );
  expect(first?.before).toBe("PL011 at 0xf7113000; 32-bit registers 4 bytes apart; already set up");
});

test("a system's flags, hypervisor and IOMMUs", () => {
  const system = findReference("zynqmp-zcu102");
  if (system.config.kind !== "system") throw new Error("zynqmp-zcu102 is a system");
  const hypervisorMemory = { ...system.config.hypervisorMemory, size: 0x800000n };
  const changed = { ...system, config: { ...system.config, flags: [], hypervisorMemory, iommus: [] } };
  expect(diffConfigurations(system, changed)).toEqual([
    {
      change: "changed",
      what: "hypervisor",
      before: "4 MiB at physical 0x800000000",
      after: "8 MiB at physical 0x800000000",
    },
    { change: "removed", what: "IOMMU 0", before: "Arm MMU-500, 128 KiB at 0xfd800000" },
    { change: "removed", what: "hypervisor's flag", before: "virtual-debug-console" },
  ]);
});
