/** QEMU's x86-64 "q35" machine. */
import { defineBoard } from "../define/board.ts";
import type { ConsoleSpec } from "../define/specs.ts";
import { timer } from "../pc/pci.ts";
import { cells, rtCells } from "./cells.ts";
import { devices, ioapic, qemu } from "./machine.ts";
import { inmateMemory } from "./memory-map.ts";
import { rtSystem, system } from "./system.ts";

const com1: ConsoleSpec = { type: "8250", address: 0x3f8 };

export const qemuX86 = defineBoard({
  name: "qemu-x86",
  arch: "x86",
  title: "QEMU q35 (x86-64), four CPUs, 1 GiB",
  consoles: { debug: com1, inmate: com1 },
  ioapics: [ioapic],
  timer,
  inmateMemory,
  kernelArguments: ["memmap=82M$0x3a000000"],
  notes: [
    "The virtual machine needs VT-x or AMD-V of its own and an IOMMU with interrupt remapping.",
    "Root expects an e1000e at 00:02.0 and HDA at 00:1b.0, which pci-demo takes; e1000-demo wants an e1000 at 00:19.0.",
    "HDA's BAR is at 0xfea94000 on a present QEMU while pci-demo names 0xfebd4000: a program reads the BAR.",
    "Inmates print on COM1 (port 0x3f8) like the hypervisor; cells have COM2 (0x2f8), too.",
    "CPU 0 cannot be given to a cell.",
    "All CPUs of a cell start at once at its reset address.",
    "Memory is uncached until bit 11 of MSR 0x2ff is set.",
    "apic-demo is no passive cell: while it runs, no other can be created or destroyed.",
    "RAM at address 0 ends before the comm region, at 1 MiB; more is a region of its own, from 0x200000 on.",
    "Memory for inmates is where linux-x86-demo's RAM is: they do not run together.",
  ],
  devices,
  qemu,
  system,
  cells,
  rt: { system: rtSystem, cells: rtCells },
  inmateCell: "tiny-demo",
});
