/** NXP's evaluation kit of the i.MX 8M Plus. */
import { defineBoard } from "../define/board.ts";
import * as soc from "../soc-imx8/imx8m.ts";
import { rootEnds } from "../soc-nxp/cells.ts";
import { cells, rtCells } from "./cells.ts";
import * as layout from "./memory-map.ts";

const uart = soc.devices.uart2;

export const imx8mp = defineBoard({
  name: "imx8mp",
  arch: "arm64",
  title: "NXP i.MX 8M Plus EVK: four Cortex-A53, GICv3, 6 GiB",
  consoles: soc.consoles(uart),
  gic: soc.gic,
  timer: soc.timer,
  inmateMemory: layout.inmateMemory,
  kernelArguments: ["mem=2G"],
  notes: [
    "mem=2G costs Linux the upper half; a device tree that reserves 0xc0000000 to 0xfdffffff keeps it.",
    ...soc.notes,
    "Mainline's inmate-demo looks for ivshmem-demo's memory where root has the virtio block device: the two do not meet.",
  ],
  devices: { ...soc.devices, usdhc3: soc.usdhc3 },
  system: {
    hypervisorMemory: layout.hypervisorMemory,
    pci: layout.virtualPci,
    root: {
      ...soc.root,
      pciInterrupt: 83,
      ivshmem: [
        { link: layout.block.back, id: 0 },
        { link: layout.virtioConsole.back, id: 0 },
        ...rootEnds(layout.demo, layout.network),
      ],
      memory: [soc.rootDevices, ...layout.rootRam],
    },
  },
  cells,
  inmateCell: "imx8mp-inmate-demo",
  rt: {
    system: {
      debugConsole: soc.rtDebugConsole(uart),
      pci: layout.rtVirtualPci,
      root: {
        ivshmem: rootEnds(layout.rtDemo, layout.rtNetwork),
        memory: [soc.rtRootDevices, ...layout.rootRam],
      },
    },
    cells: rtCells,
  },
});
