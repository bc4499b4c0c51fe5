/** The PINE A64+. */
import { defineBoard } from "../define/board.ts";
import { range } from "../define/checks.ts";
import { gic, timer, uart, virtualPci } from "../soc-allwinner/sunxi.ts";
import { cells } from "./cells.ts";
import { devices, rootMemory } from "./machine.ts";
import { demo, hypervisorMemory, inmateMemory, network } from "./memory-map.ts";

const { address, size } = devices.uart0;

export const pine64Plus = defineBoard({
  name: "pine64-plus",
  arch: "arm64",
  title: "PINE A64+: Allwinner A64, four Cortex-A53, GICv2, 2 GiB",
  consoles: { debug: { ...uart(address), size }, inmate: uart(address) },
  gic,
  timer,
  inmateMemory,
  kernelArguments: ["mem=1792M"],
  notes: [
    "UART0 belongs to the hypervisor, root and the cells alike: their lines interleave.",
    "Root's access to SID, USB, I2C1 and RSB has no width: the hypervisor stops a CPU that touches them.",
  ],
  devices,
  system: {
    hypervisorMemory,
    pci: virtualPci,
    root: {
      name: "Pine64-Plus",
      cpus: range(0, 3),
      interrupts: range(32, 159),
      pciInterrupt: 140,
      ivshmem: [
        { link: demo, id: 0 },
        { link: network, id: 0, rootshared: true },
      ],
      memory: rootMemory,
    },
  },
  cells,
  inmateCell: "pine64-plus-inmate-demo",
  rt: {},
});
