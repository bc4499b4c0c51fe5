/** Marvell's ESPRESSObin. */
import { defineBoard } from "../define/board.ts";
import { range } from "../define/checks.ts";
import { io, ram } from "../define/regions.ts";
import type { ConsoleSpec } from "../define/specs.ts";
import { sharing, virtualPci } from "../soc-armada/armada.ts";
import { devices } from "./machine.ts";

const uart: ConsoleSpec = { type: "MVEBU", flags: ["mmio", "regdist4"], address: devices.uart0.address };

/** The last quarter of the 1 GiB. */
const block = sharing(0x30000000, devices.uart0);

export const espressobin = defineBoard({
  name: "espressobin",
  arch: "arm64",
  title: "Marvell ESPRESSObin: Armada 3720, two Cortex-A53, GICv3, 1 GiB",
  consoles: { debug: { ...uart, size: "4K" }, inmate: uart },
  gic: { version: 3, distributor: devices.gicd.address, redistributors: devices.gicr.address },
  timer: { hz: 12_500_000, note: "the usual rate; a program reads CNTFRQ" },
  inmateMemory: block.inmateMemory,
  kernelArguments: ["mem=768M"],
  notes: [
    "Two CPUs: one for root, one for a cell, so inmate-demo and linux-demo do not run together.",
    "UART0 belongs to the hypervisor, root and the cells alike: their lines interleave.",
  ],
  devices,
  system: {
    hypervisorMemory: block.hypervisorMemory,
    pci: virtualPci,
    root: {
      name: "ESPRESSObin",
      cpus: [0, 1],
      interrupts: range(32, 159),
      pciInterrupt: 128,
      ivshmem: block.rootLinks,
      memory: [
        // The internal registers as far as the SATA controller's; not the GIC's.
        io({ address: 0xd0000000, size: "1M" }),
        io(devices["pcie0-mmio"]),
        ram({ address: 0, size: block.rootEnd }),
      ],
    },
  },
  cells: {
    "espressobin-inmate-demo": block.inmateDemo,
    "espressobin-linux-demo": {
      ...block.linuxDemo(140),
      name: "ESPRESSObin-linux-demo",
      cpus: [1],
      // The UART's transmitter and receiver.
      add: { interrupts: [44, 45] },
    },
  },
  inmateCell: "espressobin-inmate-demo",
  rt: {},
});
