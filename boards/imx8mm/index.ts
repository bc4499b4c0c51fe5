/** NXP's evaluation kit of the i.MX 8M Mini. */
import { defineBoard } from "../define/board.ts";
import * as soc from "../soc-imx8/imx8m.ts";
import * as layout from "../soc-imx8/mini-nano.ts";
import { rootEnds } from "../soc-nxp/cells.ts";
import { cells, demo, network, rtDemo, rtLinuxDemo, rtNetwork } from "./cells.ts";

const uart = soc.devices.uart2;

export const imx8mm = defineBoard({
  name: "imx8mm",
  arch: "arm64",
  title: "NXP i.MX 8M Mini EVK: four Cortex-A53, GICv3, 2 GiB",
  consoles: soc.consoles(uart),
  gic: soc.gic,
  timer: soc.timer,
  inmateMemory: layout.inmateMemory,
  kernelArguments: layout.kernelArguments,
  notes: [
    layout.layoutNote,
    ...soc.notes,
    "The fork's linux-demo has root's rights to the shared memory instead of its own, and takes ivshmem-demo's from root.",
  ],
  devices: { ...soc.devices, usdhc3: soc.usdhc3 },
  system: {
    hypervisorMemory: layout.hypervisorMemory,
    pci: { mmconfigBase: layout.mmconfigBase, virtual: true, domain: demo.domain },
    root: {
      ...soc.root,
      pciInterrupt: 83,
      ivshmem: rootEnds(demo, network),
      memory: [soc.rootDevices, ...layout.rootRam],
    },
  },
  cells,
  inmateCell: "imx8mm-inmate-demo",
  rt: {
    system: {
      debugConsole: soc.rtDebugConsole(uart),
      pci: { mmconfigBase: layout.mmconfigBase, virtual: true, domain: rtDemo.domain },
      root: { ivshmem: rootEnds(rtDemo, rtNetwork), memory: [soc.rtRootDevices, ...layout.rootRam] },
    },
    cells: { "imx8mm-linux-demo": rtLinuxDemo },
  },
});
