/** The HiKey of 96Boards. */
import { defineBoard } from "../define/board.ts";
import { range } from "../define/checks.ts";
import { io, ram } from "../define/regions.ts";
import type { ConsoleSpec } from "../define/specs.ts";
import { cells } from "./cells.ts";
import { devices, hypervisorMemory, inmateMemory, networkLink, virtualPci } from "./machine.ts";

const uart: ConsoleSpec = { type: "PL011", flags: ["mmio", "regdist4"], address: devices.uart3.address };

export const hikey = defineBoard({
  name: "hikey",
  arch: "arm64",
  title: "LeMaker HiKey: Kirin 620, eight Cortex-A53, GICv2, 2 GiB",
  consoles: { debug: { ...uart, size: devices.uart3.size }, inmate: uart },
  gic: {
    version: 2,
    distributor: devices.gicd.address,
    cpuInterface: devices.gicc.address,
    hypervisorInterface: devices.gich.address,
    virtualInterface: devices.gicv.address,
  },
  timer: { hz: 1_200_000, note: "the usual rate, 833 ns a tick: whole MHz are too coarse to divide by" },
  inmateMemory,
  kernelArguments: ["mem=1820M"],
  notes: [
    "UART3 belongs to the hypervisor, root and the cells alike: their lines interleave.",
    "inmate-demo's RAM lies in the network section that linux-demo writes: with both at work, one destroys the other.",
  ],
  devices,
  system: {
    hypervisorMemory,
    pci: virtualPci,
    root: {
      name: "HiKey",
      cpus: range(0, 7),
      interrupts: range(32, 159),
      pciInterrupt: 136,
      ivshmem: [{ link: networkLink, id: 0, rootshared: true }],
      memory: [
        // Display.
        io({ address: devices.ade.address, size: "32K" }),
        // From the pin multiplexers to the always-on block.
        io({ address: 0xf7000000, size: "17M" }),
        ram({ address: 0, size: networkLink.base }),
        ram(devices.sram),
      ],
    },
  },
  cells,
  inmateCell: "hikey-inmate-demo",
  rt: {},
});
