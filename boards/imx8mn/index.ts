/** NXP's evaluation kit of the i.MX 8M Nano. */
import { defineBoard } from "../define/board.ts";
import { networkLink } from "../define/links.ts";
import * as soc from "../soc-imx8/imx8m.ts";
import * as layout from "../soc-imx8/mini-nano.ts";
import { demoLink, inmateDemo, rootEnds } from "../soc-nxp/cells.ts";

const uart = soc.devices.uart2;
const demo = demoLink(layout.demoBase, 3);
const network = networkLink(layout.networkBase);

export const imx8mn = defineBoard({
  name: "imx8mn",
  arch: "arm64",
  title: "NXP i.MX 8M Nano EVK: four Cortex-A53, GICv3, 2 GiB",
  consoles: soc.consoles(uart),
  gic: soc.gic,
  timer: soc.timer,
  inmateMemory: layout.inmateMemory,
  kernelArguments: layout.kernelArguments,
  notes: [layout.layoutNote, ...soc.notes, "Its root cell is called imx8mm."],
  devices: { ...soc.devices, usdhc3: soc.usdhc3 },
  system: {
    hypervisorMemory: layout.hypervisorMemory,
    pci: { mmconfigBase: layout.mmconfigBase, virtual: true },
    root: {
      // The Mini's name, kept from the file that this one was made of.
      name: "imx8mm",
      ...soc.root,
      pciInterrupt: 155,
      ivshmem: rootEnds(demo, network),
      memory: [soc.rootDevices, ...layout.rootRam],
    },
  },
  cells: {
    "imx8mn-inmate-demo": {
      ...inmateDemo({ cpu: 3, link: demo, uart, ram: layout.inmateDemoRam, pciInterrupt: 156 }),
      irqchips: [{ pinBase: 128, pins: [156] }],
    },
    "imx8mn-linux-demo": layout.linuxDemo(demo, network),
  },
  inmateCell: "imx8mn-inmate-demo",
  rt: {
    system: {
      debugConsole: soc.rtDebugConsole(uart),
      root: { memory: [soc.rtRootDevices, ...layout.rootRam] },
    },
  },
});
