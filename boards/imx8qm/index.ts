/** NXP's evaluation kit of the i.MX 8QuadMax. */
import { defineBoard } from "../define/board.ts";
import { range } from "../define/checks.ts";
import * as soc from "../soc-imx8/imx8q.ts";
import { inmateDemoNote, rootEnds } from "../soc-nxp/cells.ts";
import { cells, demo, devices, hypervisorMemory, inmateMemory, network, rootRam, streamIds } from "./cells.ts";

export const imx8qm = defineBoard({
  name: "imx8qm",
  arch: "arm64",
  title: "NXP i.MX 8QuadMax MEK: four Cortex-A53, two Cortex-A72, GICv3, 6 GiB",
  consoles: soc.consoles,
  gic: soc.gic,
  timer: soc.timer,
  inmateMemory,
  kernelArguments: ["mem=1525M"],
  notes: [
    "mem=1525M costs Linux the upper bank; a device tree that reserves 0xdf700000 to 0xfdffffff keeps it.",
    ...soc.notes,
    "inmate-demo's RAM is the beginning of linux-demo's: run one or the other.",
    inmateDemoNote,
    "linux-demo has a messaging unit of its own to the system controller, whose firmware must let it have its devices.",
  ],
  devices,
  system: {
    hypervisorMemory,
    pci: { mmconfigBase: 0xfd700000, virtual: true },
    iommus: [{ type: "mmu500", base: devices.smmu.address, size: devices.smmu.size }],
    root: {
      cpus: range(0, 5),
      interrupts: soc.rootInterrupts,
      pciInterrupt: 85,
      ivshmem: rootEnds(demo, network),
      memory: [soc.rootDevices, ...rootRam],
      // SD cards, Ethernet, SATA.
      streamIds: streamIds(0x11, 0x12, 0x13),
    },
  },
  cells,
  inmateCell: "imx8qm-inmate-demo",
});
