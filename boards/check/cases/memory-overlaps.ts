/** Memory over other memory, and over what is the hypervisor's. */
import { arm64, cell, comm, link, other, otherRam, ram, rootDevices, rootRam, system, uartPage } from "./arm64.ts";
import { type Case, region, sections } from "./fixture.ts";
import { x86, cell as x86Cell, system as x86System } from "./x86.ts";

const withRegion = (...more: ReturnType<typeof region>[]) => arm64({ cell: { memory: [...cell.memory, ...more] } });
const withRootRegion = (...more: ReturnType<typeof region>[]) =>
  arm64({ root: { memory: [...system.rootCell.memory, ...more] } });
const otherWith = (...memory: ReturnType<typeof region>[]) =>
  arm64({ other: { ...other, memory: [...sections(link, 2, "rootshared"), ...memory, comm] } });
const gicv2 = {
  ...system.arm!,
  gicVersion: 2,
  giccBase: 0x8010000n,
  gichBase: 0x8030000n,
  gicvBase: 0x8040000n,
  gicrBase: 0n,
};

export const overlapCases: readonly Case[] = [
  {
    mistake: "memory over the RAM",
    id: "regions-overlap",
    set: withRegion(region(0x8000, 0x10000, ["read", "write"], 0x50000000)),
    message:
      "cell demo: memory[6] RAM 0x0-0xffff (physical 0x7fa00000-0x7fa0ffff) and memory[8] memory 0x8000-0x17fff (physical 0x50000000-0x5000ffff) overlap at 0x8000-0xffff",
    remedy: "move or shrink one of them",
  },
  {
    mistake: "RAM over the comm region",
    id: "regions-overlap",
    set: withRegion(region(0x7fff0000, 0x20000, ["read", "write"], 0x50000000)),
    message:
      "cell demo: memory[7] comm region 0x80000000-0x80000fff and memory[8] memory 0x7fff0000-0x8000ffff (physical 0x50000000-0x5001ffff) overlap at 0x80000000-0x80000fff",
    remedy: "move or shrink one of them",
  },
  {
    mistake: "a device in two of Linux' regions",
    id: "regions-doubled",
    set: withRootRegion(region(0x9010000, 0x1000, ["read"])),
    files: ["sys.cell"],
    message:
      "root cell virt: memory[5] device memory 0x9000000-0x9ffffff and memory[7] memory 0x9010000-0x9010fff overlap at 0x9010000-0x9010fff",
    remedy: "move or shrink one of them",
  },
  {
    mistake: "a register within a page that the cell has",
    id: "sub-page-hidden",
    set: withRegion(region(0x9000ffc, 4, ["read", "io", "io32", "rootshared"])),
    message:
      "cell demo: memory[5] device memory 0x9000000-0x9000fff and memory[8] device memory 0x9000ffc-0x9000fff overlap at 0x9000ffc-0x9000fff",
    remedy: "move or shrink one of them",
  },
  {
    mistake: "the same memory at two addresses",
    id: "memory-twice",
    set: withRegion(region(0x10000000, 0x10000, ["read", "write"], 0x7fa08000)),
    message:
      "cell demo: memory[6] RAM 0x0-0xffff (physical 0x7fa00000-0x7fa0ffff) and memory[8] memory 0x10000000-0x1000ffff (physical 0x7fa08000-0x7fa17fff) both have physical 0x7fa08000-0x7fa0ffff",
    remedy: "move or shrink one of them",
  },
  {
    mistake: "RAM of two cells at the same place",
    id: "memory-in-two-cells",
    set: otherWith(uartPage, { ...otherRam, physical: 0x7f910000n }),
    files: ["demo.cell", "other.cell"],
    message:
      "cell demo and cell other both have physical 0x7fa00000-0x7fa0ffff: memory[6] RAM 0x0-0xffff (physical 0x7fa00000-0x7fa0ffff) and memory[6] RAM 0x0-0xfffff (physical 0x7f910000-0x7fa0ffff)",
    remedy: 'give each cell its own, or mark both regions "rootshared" to share them',
  },
  {
    mistake: "a UART that only one of two cells leaves to others",
    id: "memory-in-two-cells",
    set: otherWith({ ...uartPage, flags: ["read", "write", "io"] }, otherRam),
    files: ["demo.cell", "other.cell"],
    message:
      "cell demo and cell other both have physical 0x9000000-0x9000fff: memory[5] device memory 0x9000000-0x9000fff and memory[5] device memory 0x9000000-0x9000fff",
    remedy: 'give each cell its own, or mark both regions "rootshared" to share them',
  },
  {
    mistake: "Linux' RAM up to the end of the hypervisor's",
    id: "hypervisor-memory-granted",
    set: arm64({
      root: { memory: [...sections(0x90000000, 0), rootDevices, { ...rootRam, size: 0x40000000n }] },
      cell: { memory: [...sections(0x90000000, 1, "rootshared"), uartPage, ram, comm] },
    }),
    files: ["sys.cell"],
    message:
      "root cell virt: memory[6] memory 0x40000000-0x7fffffff overlaps the hypervisor's memory 0x7fc00000-0x7fffffff",
    remedy: "end the region before it, or begin behind it",
  },
  {
    mistake: "shared memory within the hypervisor's",
    id: "hypervisor-memory-granted",
    set: withRegion(region(0x10000000, 0x1000, ["read", "write"], 0x7fc01000)),
    files: ["demo.cell", "sys.cell"],
    message:
      "cell demo: memory[8] memory 0x10000000-0x10000fff (physical 0x7fc01000-0x7fc01fff) overlaps the hypervisor's memory 0x7fc00000-0x7fffffff",
    remedy: "end the region before it, or begin behind it",
  },
  {
    mistake: "all devices of x86 for Linux",
    id: "mmconfig-granted",
    set: x86({ root: { memory: [...x86System.rootCell.memory, region(0xb0000000, 0x10000000, ["read", "write"])] } }),
    files: ["sys.cell"],
    message: "root cell q35: memory[8] memory 0xb0000000-0xbfffffff overlaps the MMCONFIG 0xb0000000-0xbfffffff",
    remedy: "leave it out: every cell has it by way of the hypervisor",
  },
  {
    mistake: "a device of Linux' behind a virtual MMCONFIG",
    id: "virtual-pci-granted",
    set: withRootRegion(region(0x8f01000, 0x1000, ["read", "write", "io"])),
    files: ["sys.cell"],
    message:
      "root cell virt: memory[7] device memory 0x8f01000-0x8f01fff overlaps the ivshmem devices' registers 0x8f00000-0x8f01fff",
    remedy: "leave it out, or move the MMCONFIG",
  },
  {
    mistake: "the interrupt controller for a cell",
    id: "interrupt-controller-granted",
    set: withRegion(region(0x8000000, 0x100000, ["read", "write", "io"])),
    files: ["demo.cell", "sys.cell"],
    message:
      "cell demo: memory[8] device memory 0x8000000-0x80fffff overlaps the GIC's distributor (GICD) 0x8000000-0x800ffff, the GIC's redistributors (GICR) 0x80a0000-0x811ffff",
    remedy: "leave them out: every cell has its part by way of the hypervisor",
  },
  {
    mistake: "the CPU interface of a GICv2 for a cell",
    id: "interrupt-controller-granted",
    set: arm64({
      system: { arm: gicv2 },
      cell: { memory: [...cell.memory, region(0x8010000, 0x40000, ["read", "write", "io"])] },
    }),
    files: ["demo.cell", "sys.cell"],
    message:
      "cell demo: memory[8] device memory 0x8010000-0x804ffff overlaps the GIC's CPU interface (GICC) 0x8010000-0x8011fff, the GIC's hypervisor interface (GICH) 0x8030000-0x8031fff, the GIC's virtual CPU interface (GICV) 0x8040000-0x8041fff",
    remedy: "leave them out: every cell has its part by way of the hypervisor",
  },
  {
    mistake: "the local APIC for a cell",
    id: "interrupt-controller-granted",
    set: x86({ cell: { memory: [...x86Cell.memory, region(0xfee00000, 0x1000, ["read", "write"])] } }),
    files: ["demo.cell", "sys.cell"],
    message: "cell demo: memory[8] memory 0xfee00000-0xfee00fff overlaps the local APIC 0xfee00000-0xfee00fff",
    remedy: "leave them out: every cell has its part by way of the hypervisor",
  },
  {
    mistake: "the interrupt controller for Linux",
    id: "interrupt-controller-in-root",
    set: withRootRegion(region(0x8000000, 0x10000, ["read", "write", "io"])),
    files: ["sys.cell"],
    message:
      "root cell virt: memory[7] device memory 0x8000000-0x800ffff overlaps the GIC's distributor (GICD) 0x8000000-0x800ffff",
    remedy: "leave them out: every cell has its part by way of the hypervisor",
  },
  {
    mistake: "the SMMU for a cell",
    id: "iommu-granted",
    set: withRegion(region(0xa000000, 0x1000, ["read", "write", "io"])),
    files: ["demo.cell", "sys.cell"],
    message:
      "cell demo: memory[8] device memory 0xa000000-0xa000fff overlaps the IOMMU's registers (smmuv3) 0xa000000-0xa01ffff",
    remedy: "leave them out: the hypervisor sets them up",
  },
  {
    mistake: "the SMMU for Linux",
    id: "iommu-in-root",
    set: withRootRegion(region(0xa000000, 0x1000000, ["read", "write", "io"])),
    files: ["sys.cell"],
    message:
      "root cell virt: memory[7] device memory 0xa000000-0xaffffff overlaps the IOMMU's registers (smmuv3) 0xa000000-0xa01ffff",
    remedy: "leave them out: the hypervisor sets them up",
  },
  {
    mistake: "RAM where the interrupt controller is",
    id: "emulated-device-hidden",
    set: withRegion(region(0x8000000, 0x100000, ["read", "write"], 0x50000000)),
    files: ["demo.cell", "sys.cell"],
    message:
      "cell demo: memory[8] memory 0x8000000-0x80fffff (physical 0x50000000-0x500fffff) lies over the GIC's distributor (GICD) 0x8000000-0x800ffff, the GIC's redistributors (GICR) 0x80a0000-0x811ffff",
    remedy: "give the region another address",
  },
];
