/** NXP's LS2088A reference design board. */
import { defineBoard } from "../define/board.ts";
import { range } from "../define/checks.ts";
import type { Device } from "../define/specs.ts";
import * as soc from "../soc-layerscape/chassis3.ts";
import { inmateDemo, linuxDemo, strayEntry } from "../soc-layerscape/chassis3-cells.ts";
import * as layout from "../soc-layerscape/memory-map.ts";
import { debugSerial, serial, uart1, uart2 } from "../soc-layerscape/uarts.ts";
import { ioOf, rootEnds, unused } from "../soc-nxp/cells.ts";

const watchdogs = soc.watchdogs(2, 2, 2, 2);

/** The fourth PCIe controller, which the LS1088A does not have. */
const pcie4 = {
  controller: { pcie4: { address: 0x3700000n, size: 0x10000n } },
  control: { "pcie4-pf": { address: 0x37c0000n, size: 0x10000n } },
  window: { "pcie4-window": { address: 0x3800000000n, size: 0x800000000n } },
} satisfies Record<string, Record<string, Device>>;

const ownDevices = { ...soc.ddrcs, ...soc.duart2, ...soc.sata2, ...watchdogs };

/** Reset comes before RCPM here. */
const { clockgen, dcfg, reset, ...control } = soc.control;

export const ls2088aRdb = defineBoard({
  name: "ls2088a-rdb",
  arch: "arm64",
  title: "NXP LS2088A-RDB: eight Cortex-A72, GICv3",
  // 115,200 baud of 350 MHz. The two ports are the other way round than on the other boards.
  consoles: { debug: debugSerial(uart2), inmate: serial(uart1, 189) },
  gic: soc.gic,
  timer: { hz: 25_000_000, note: "the usual rate; a program reads CNTFRQ" },
  inmateMemory: layout.inmateMemory,
  kernelArguments: layout.kernelArguments,
  notes: [...layout.notes, "linux-demo cannot write to ivshmem-demo's memory but for the common section."],
  devices: { ...soc.devices, ...ownDevices, ...pcie4.controller, ...pcie4.control, ...pcie4.window },
  system: {
    hypervisorMemory: layout.hypervisorMemory,
    pci: layout.virtualPciInGap,
    root: {
      name: "ls2088a",
      cpus: range(0, 7),
      interrupts: range(32, 287),
      pciInterrupt: 160,
      ivshmem: rootEnds(layout.twoPeers, layout.network),
      memory: [
        ...layout.rootRam({ address: 0x8080000000, size: "14G" }),
        ...ioOf({ ...soc.ddrcs, clockgen, dcfg, reset, ...control, ...soc.duart2 }),
        ...ioOf({ ...soc.peripherals, ...soc.sata2, ...soc.shared }),
        ...ioOf({ ...soc.pcie.controllers, ...pcie4.controller, ...soc.pcie.control, ...pcie4.control }),
        ...ioOf({ ...soc.pcie.windows, ...pcie4.window, ...watchdogs, ...soc.dpaa2 }),
        unused,
        unused,
      ],
    },
  },
  cells: {
    "ls2088a-rdb-inmate-demo": { ...inmateDemo(layout.twoPeers, 85), ...strayEntry },
    // The reference lets it write neither output section, as if it were the third peer.
    "ls2088a-rdb-linux-demo": {
      ...linuxDemo([2, 3], { link: layout.twoPeers, id: 1, writes: "none" }, [85, 86, 87, 88]),
      ...strayEntry,
    },
  },
  inmateCell: "ls2088a-rdb-inmate-demo",
});
