/** Avnet's Ultra96 of 96Boards. */
import { defineBoard } from "../define/board.ts";
import { range } from "../define/checks.ts";
import { ram } from "../define/regions.ts";
import * as zynqmp from "../soc-zynqmp/zynqmp.ts";
import { cells } from "./cells.ts";
import { demoLink, hypervisorMemory, inmateMemory, networkLink } from "./memory-map.ts";

const { devices, streams } = zynqmp;
const uart = zynqmp.xuartps(devices.uart1);

export const ultra96 = defineBoard({
  name: "ultra96",
  arch: "arm64",
  title: "Avnet Ultra96: Xilinx ZynqMP ZU3EG, four Cortex-A53, GICv2, 2 GiB",
  consoles: { debug: { ...uart, size: devices.uart1.size }, inmate: uart },
  gic: zynqmp.gic,
  timer: zynqmp.timer,
  colors: zynqmp.l2Colors,
  inmateMemory,
  kernelArguments: ["mem=1820M"],
  notes: [
    "UART1 belongs to the hypervisor, root and the cells alike: their lines interleave.",
    "The real-time fork's files have no SMMU: devices that a cell gets reach all memory by DMA.",
  ],
  devices,
  system: {
    hypervisorMemory,
    // The links stand in domain 1 all the same.
    pci: { mmconfigBase: zynqmp.mmconfigBase, virtual: true, domain: 0 },
    iommus: zynqmp.mmu500,
    root: {
      name: "Ultra96",
      cpus: range(0, 3),
      interrupts: range(32, 159),
      // From here on PL_PS_Group1: nothing in the programmable logic may use them.
      pciInterrupt: 136,
      ivshmem: [
        { link: demoLink, id: 0 },
        // Marked as shared although it is the root cell's own; the reference has it so.
        { link: networkLink, id: 0, rootshared: true },
      ],
      memory: [zynqmp.peripherals, ram({ address: 0, size: 0x7fa10000 })],
      streamIds: [streams.sd0, streams.sd1],
    },
  },
  cells,
  inmateCell: "ultra96-inmate-demo",
  rt: { system: { iommus: [], root: { streamIds: [] } } },
});
