/** NXP's LS1046A reference design board. */
import { defineBoard } from "../define/board.ts";
import { range } from "../define/checks.ts";
import { ram } from "../define/regions.ts";
import * as soc from "../soc-layerscape/chassis2.ts";
import { inmateDemo, linuxDemo } from "../soc-layerscape/chassis2-cells.ts";
import * as layout from "../soc-layerscape/memory-map.ts";
import { debugSerial, serial, uart1, uart2 } from "../soc-layerscape/uarts.ts";
import { ioOf, rootEnds, unused } from "../soc-nxp/cells.ts";

export const ls1046aRdb = defineBoard({
  name: "ls1046a-rdb",
  arch: "arm64",
  title: "NXP LS1046A-RDB: four Cortex-A72, GICv2",
  // 115,200 baud of 350 MHz.
  consoles: { debug: debugSerial(uart1), inmate: serial(uart2, 189) },
  gic: soc.gic,
  timer: { hz: 25_000_000, note: "the usual rate; a program reads CNTFRQ" },
  inmateMemory: layout.inmateMemory,
  kernelArguments: layout.kernelArguments,
  notes: layout.notes,
  devices: { ...soc.devices, ...soc.msi },
  system: {
    hypervisorMemory: layout.hypervisorMemory,
    pci: layout.virtualPci,
    root: {
      name: "ls1046a",
      cpus: range(0, 3),
      interrupts: range(32, 287),
      pciInterrupt: 67,
      ivshmem: rootEnds(layout.threePeers, layout.network),
      memory: [
        ...layout.rootRam({ address: 0x880000000, size: "6G" }),
        // Part of the first region already.
        ram(layout.loader),
        ...soc.rootMemory,
        ...ioOf({ ...soc.msi, ...soc.pcie, ...soc.pcie3Control, ...soc.pcieWindows }),
        unused,
      ],
    },
  },
  cells: {
    "ls1046a-rdb-inmate-demo": inmateDemo(layout.threePeers, layout.cellRam.address),
    "ls1046a-rdb-linux-demo": linuxDemo(layout.threePeers, layout.network, layout.linuxRam),
  },
  inmateCell: "ls1046a-rdb-inmate-demo",
});
