/** MicroSys' single-board computer with an LS1046A. */
import { defineBoard } from "../define/board.ts";
import { range } from "../define/checks.ts";
import { ram } from "../define/regions.ts";
import { devices, gic, msi, pcie, pcieWindows, rootMemory } from "../soc-layerscape/chassis2.ts";
import { debugSerial, serial, uart1 } from "../soc-layerscape/uarts.ts";
import { ioOf } from "../soc-nxp/cells.ts";
import { cellRam, cells, hypervisorMemory, network, virtualPci } from "./cells.ts";

export const miriacSbcLs1046a = defineBoard({
  name: "miriac-sbc-ls1046a",
  arch: "arm64",
  title: "MicroSys miriac SBC-LS1046A: four Cortex-A72, GICv2",
  // The inmates' is set up already.
  consoles: { debug: debugSerial(uart1), inmate: serial(uart1) },
  gic,
  timer: { hz: 25_000_000, note: "the usual rate; a program reads CNTFRQ" },
  kernelArguments: ["mem=1G"],
  notes: [
    "A device tree that reserves 0xc0000000 to 0xffffffff does what mem=1G does.",
    "The first serial port belongs to the hypervisor, root and the cells alike: their lines interleave.",
    "inmate-demo's RAM begins with the state table of linux-demo's network: run one or the other.",
  ],
  devices: { ...devices, ...msi },
  system: {
    hypervisorMemory,
    pci: virtualPci,
    root: {
      name: "miriac SBC-LS1046A",
      cpus: range(0, 3),
      interrupts: range(32, 287),
      pciInterrupt: 102,
      ivshmem: [{ link: network, id: 0, rootshared: true }],
      memory: [
        ...rootMemory,
        ...ioOf({ ...msi, ...pcie }),
        ram({ address: 0x80000000, size: "1G" }),
        ram(cellRam),
        ...ioOf(pcieWindows),
      ],
    },
  },
  cells,
  inmateCell: "miriac-sbc-ls1046a-inmate-demo",
  rt: {},
});
