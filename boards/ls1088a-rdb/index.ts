/** NXP's LS1088A reference design board. */
import { defineBoard } from "../define/board.ts";
import { range } from "../define/checks.ts";
import * as soc from "../soc-layerscape/chassis3.ts";
import { inmateDemo, linuxDemo } from "../soc-layerscape/chassis3-cells.ts";
import * as layout from "../soc-layerscape/memory-map.ts";
import { debugSerial, serial, uart1, uart2 } from "../soc-layerscape/uarts.ts";
import { ioOf, rootEnds, unused } from "../soc-nxp/cells.ts";

const watchdogs = soc.watchdogs(4, 4);

export const ls1088aRdb = defineBoard({
  name: "ls1088a-rdb",
  arch: "arm64",
  title: "NXP LS1088A-RDB: eight Cortex-A53, GICv3",
  // 115,200 baud of 350 MHz.
  consoles: { debug: debugSerial(uart1), inmate: serial(uart2, 189) },
  gic: soc.gic,
  timer: { hz: 25_000_000, note: "the usual rate; a program reads CNTFRQ" },
  inmateMemory: layout.inmateMemory,
  kernelArguments: layout.kernelArguments,
  notes: layout.notes,
  devices: { ...soc.devices, ...watchdogs },
  system: {
    hypervisorMemory: layout.hypervisorMemory,
    pci: layout.virtualPciInGap,
    root: {
      name: "ls1088a",
      cpus: range(0, 7),
      interrupts: range(32, 287),
      pciInterrupt: 114,
      ivshmem: rootEnds(layout.threePeers, layout.network),
      memory: [
        ...layout.rootRam({ address: 0x8080000000, size: "6G" }),
        ...ioOf({ ...soc.control, ...soc.peripherals, ...soc.shared }),
        ...ioOf({ ...soc.pcie.controllers, ...soc.pcie.control, ...soc.pcie.windows }),
        ...ioOf({ ...watchdogs, ...soc.dpaa2 }),
        unused,
      ],
    },
  },
  cells: {
    "ls1088a-rdb-inmate-demo": inmateDemo(layout.threePeers, 81),
    // 88 where INTD would be 84: the reference has it so.
    "ls1088a-rdb-linux-demo": linuxDemo([2, 3], { link: layout.threePeers, id: 2 }, [81, 82, 83, 88]),
  },
  inmateCell: "ls1088a-rdb-inmate-demo",
});
