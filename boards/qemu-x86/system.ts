/** The hypervisor and the root cell. */
import { range } from "../define/checks.ts";
import { ram } from "../define/regions.ts";
import type { Device, MemorySpec, SystemSpec } from "../define/specs.ts";
import type { PortRange } from "../model.ts";
import { bar, com2, ports, readOnly } from "../pc/pci.ts";
import * as machine from "./machine.ts";
import { cellsMemory, hypervisorMemory, mainlineLinks, rtLinks } from "./memory-map.ts";

const memory = (bars: Readonly<Record<string, Device>>): MemorySpec[] => [
  ram({ address: 0, size: hypervisorMemory.physical }, "dma"),
  ram(cellsMemory, "dma"),
  ram({ address: 0x3f200000, size: 0xddf000 }, "dma"),
  readOnly(0x3ffdf000, 0x21000), // the firmware's tables
  ...Object.values(bars).map((device) => bar(device)),
];

/** @param window the PCI devices' ports */
const portsWith = (window: PortRange, ...more: readonly PortRange[]): PortRange[] => [
  ports(0x0, 0x1f), // DMA controller
  ports(0x40, 4), // PIT
  ports(0x60, 2), // keyboard controller, NMI status
  ports(0x64, 1), // keyboard controller
  ports(0x70, 2), // RTC
  ports(0x1ce, 3), // VGA's extensions by Bochs
  com2,
  ports(0x3b0, 0x30), // VGA
  ports(0x3f0, 8), // floppy disk
  ports(0x402, 1), // firmware's debug console
  ...more,
  ports(0x5658, 4), // VMware's back door
  window,
];

export const system: SystemSpec = {
  hypervisorMemory,
  pci: { mmconfigBase: machine.devices["pcie-ecam"].address, endBus: 255 },
  iommus: [{ type: "intel", base: machine.devices.iommu.address, size: "4K" }],
  x86: { pmTimer: 0x608, vtdInterruptLimit: 256 },
  root: {
    name: "QEMU-VM",
    cpus: range(0, machine.qemu.cpus - 1),
    interrupts: range(0, 23),
    ivshmem: mainlineLinks.root,
    memory: memory(machine.mainlineBars),
    // ACPI's PCI hot-plug, which came with QEMU 6.1.
    ports: portsWith(ports(0xd000, 0xff), ports(0xcd0, 8)),
    pci: machine.mainlinePci,
    pciCaps: machine.firstCapabilities,
  },
};

/** The fork's is for an older QEMU, and without the bridge. */
export const rtSystem: Partial<SystemSpec> = {
  root: {
    ivshmem: rtLinks.root,
    memory: memory(machine.rtBars),
    ports: portsWith(ports(0xc000, 0xff)),
    pci: machine.rtPci,
  },
};
