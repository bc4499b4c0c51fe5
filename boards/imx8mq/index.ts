/** NXP's evaluation kit of the i.MX 8M Quad, the MCIMX8M-EVK. */
import { defineBoard } from "../define/board.ts";
import * as soc from "../soc-imx8/imx8m.ts";
import { rootEnds } from "../soc-nxp/cells.ts";
import * as layout from "./cells.ts";

const uart = soc.devices.uart1;

export const imx8mq = defineBoard({
  name: "imx8mq",
  arch: "arm64",
  title: "NXP i.MX 8M Quad EVK (MCIMX8M-EVK): four Cortex-A53, GICv3, 3 GiB",
  consoles: soc.consoles(uart),
  gic: soc.gic,
  timer: { hz: 8_333_333, note: "the usual rate, a third of the crystal's 25 MHz; a program reads CNTFRQ" },
  inmateMemory: layout.inmateMemory,
  kernelArguments: ["mem=2043M"],
  notes: [
    "A device tree that reserves 0xbfb00000 to 0xfdffffff does what mem=2043M does.",
    ...soc.notes,
    "linux-demo's eMMC controller, uSDHC1, is not taken from root: Linux there must leave it alone.",
  ],
  devices: soc.devices,
  system: {
    hypervisorMemory: layout.hypervisorMemory,
    pci: layout.virtualPci,
    root: {
      ...soc.root,
      pciInterrupt: 83,
      ivshmem: rootEnds(layout.demo, layout.network),
      memory: [soc.rootDevices, ...layout.rootRam],
    },
  },
  cells: layout.cells,
  inmateCell: "imx8mq-inmate-demo",
  rt: {
    system: {
      debugConsole: soc.rtDebugConsole(uart),
      pci: layout.rtVirtualPci,
      root: {
        ivshmem: rootEnds({ ...layout.demo, domain: 0 }, { ...layout.network, domain: 0 }),
        memory: [soc.rtRootDevices, ...layout.rootRam],
      },
    },
    cells: { "imx8mq-linux-demo": layout.rtLinuxDemo },
  },
});
