/** NXP's LS1028A reference design board. */
import { defineBoard } from "../define/board.ts";
import { range } from "../define/checks.ts";
import { inmateDemo, linuxDemo, strayEntry } from "../soc-layerscape/chassis3-cells.ts";
import * as layout from "../soc-layerscape/memory-map.ts";
import { debugSerial, serial, uart1, uart2 } from "../soc-layerscape/uarts.ts";
import { ioOf, rootEnds } from "../soc-nxp/cells.ts";
import { devices, gic, peripherals } from "./devices.ts";

export const ls1028aRdb = defineBoard({
  name: "ls1028a-rdb",
  arch: "arm64",
  title: "NXP LS1028A-RDB: two Cortex-A72, GICv3",
  // 115,200 baud of 200 MHz.
  consoles: { debug: debugSerial(uart1), inmate: serial(uart2, 109) },
  gic,
  timer: { hz: 25_000_000, note: "the usual rate; a program reads CNTFRQ" },
  inmateMemory: layout.inmateMemory,
  kernelArguments: layout.kernelArguments,
  notes: layout.notes,
  devices,
  system: {
    hypervisorMemory: layout.hypervisorMemory,
    pci: layout.virtualPci,
    root: {
      name: "ls1028a",
      cpus: [0, 1],
      interrupts: range(32, 287),
      pciInterrupt: 50,
      ivshmem: rootEnds(layout.twoPeers, layout.network),
      memory: [...layout.rootRam({ address: 0x2080000000, size: "2G" }), ...ioOf(peripherals)],
    },
  },
  cells: {
    "ls1028a-rdb-inmate-demo": { ...inmateDemo(layout.twoPeers, 40), ...strayEntry },
    "ls1028a-rdb-linux-demo": { ...linuxDemo([1], { link: layout.twoPeers, id: 1 }, [40, 41, 42, 43]), ...strayEntry },
  },
  inmateCell: "ls1028a-rdb-inmate-demo",
});
