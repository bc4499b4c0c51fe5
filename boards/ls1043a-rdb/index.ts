/** NXP's LS1043A reference design board. */
import { defineBoard } from "../define/board.ts";
import { range } from "../define/checks.ts";
import { ram } from "../define/regions.ts";
import { devices, gic, pcie, pcie3Control, pcieWindows, rootMemory } from "../soc-layerscape/chassis2.ts";
import { debugSerial, serial, uart1, uart2 } from "../soc-layerscape/uarts.ts";
import { inmateDemoNote, ioOf, rootEnds, unused } from "../soc-nxp/cells.ts";
import { cells } from "./cells.ts";
import { cellRam, demo, hypervisorMemory, inmateMemory, loader, network, virtualPci } from "./memory-map.ts";

export const ls1043aRdb = defineBoard({
  name: "ls1043a-rdb",
  arch: "arm64",
  title: "NXP LS1043A-RDB: four Cortex-A53, GICv2",
  // 115,200 baud of 400 MHz.
  consoles: { debug: debugSerial(uart1), inmate: serial(uart2, 217) },
  gic,
  timer: { hz: 25_000_000, note: "the usual rate; a program reads CNTFRQ" },
  inmateMemory,
  kernelArguments: ["mem=1G"],
  notes: [
    "mem=1G costs Linux the upper bank; a device tree that reserves 0xc0000000 to 0xf3ffffff keeps it.",
    "The hypervisor prints on the first serial port, inmates on the second; both are in the page of DUART1.",
    "inmate-demo's RAM is the beginning of the Linux cells': run one or the other.",
    inmateDemoNote,
  ],
  devices,
  system: {
    hypervisorMemory,
    pci: virtualPci,
    root: {
      name: "ls1043a",
      cpus: range(0, 3),
      interrupts: range(32, 287),
      pciInterrupt: 67,
      ivshmem: rootEnds(demo, network),
      memory: [
        ram({ address: 0x80000000, size: "1G" }),
        ram({ address: 0x880000000, size: "6G" }),
        ram(cellRam),
        ram(loader),
        ...rootMemory,
        ...ioOf({ ...pcie, ...pcie3Control, ...pcieWindows }),
        unused,
      ],
    },
  },
  cells,
  inmateCell: "ls1043a-rdb-inmate-demo",
});
