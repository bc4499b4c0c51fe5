/**
 * NXP's evaluation kit of the i.MX 8DualXLite. How its 1 GiB of RAM is shared out:
 *
 *     0x80200000  533 MiB  Linux in the root cell; the firmware has the two MiB below
 *     0xa1700000    1 MiB  inmate-demo
 *     0xa1800000  479 MiB  free: inmates with more RAM than the demo cell has
 *     0xbf700000    2 MiB  the virtual PCI host controller and its devices' BARs
 *     0xbf900000   56 KiB  ivshmem-demo; no stock cell but root has it
 *     0xbfa00000    1 MiB  network; no stock cell but root has it
 *     0xbfb00000    1 MiB  for a loader of Linux in a cell
 *     0xbfc00000    4 MiB  the hypervisor
 */
import { defineBoard } from "../define/board.ts";
import { networkLink } from "../define/links.ts";
import { io, ram } from "../define/regions.ts";
import type { CellSpec } from "../define/specs.ts";
import * as soc from "../soc-imx8/imx8q.ts";
import { demoLink, rootEnds, unused } from "../soc-nxp/cells.ts";

const inmateDemo = {
  name: "gic-demo",
  cpus: [1],
  memory: [io(soc.devices.lpuart0, "rootshared")],
  ram: { physical: 0xa1700000, size: "1M" },
} satisfies CellSpec;

export const imx8dxl = defineBoard({
  name: "imx8dxl",
  arch: "arm64",
  title: "NXP i.MX 8DualXLite EVK: two Cortex-A35, GICv3, 1 GiB",
  consoles: soc.consoles,
  gic: soc.gic,
  timer: soc.timer,
  inmateMemory: { physical: 0xa1800000, size: "479M" },
  kernelArguments: ["mem=533M"],
  notes: [
    "A device tree that reserves 0xa1700000 to 0xbfffffff does what mem=533M does.",
    ...soc.notes,
    "inmate-demo names its cell gic-demo.",
    "inmate-demo-aarch32 is the same cell with its CPU in AArch32: the only stock cell on arm64 for images of architecture arm.",
  ],
  devices: soc.devices,
  system: {
    hypervisorMemory: { physical: 0xbfc00000, size: "4M" },
    pci: { mmconfigBase: 0xbf700000, virtual: true },
    root: {
      cpus: [0, 1],
      interrupts: soc.rootInterrupts,
      pciInterrupt: 34,
      ivshmem: rootEnds(demoLink(0xbf900000, 3), networkLink(0xbfa00000)),
      memory: [
        soc.rootDevices,
        // It goes 8 MiB into the next one, whose memory is the inmates': the reference has it so.
        ram({ address: 0x80200000, size: 0x21d00000 }),
        { address: 0xa1700000, size: "480M", flags: ["read", "write"] },
        ram({ address: 0xbfb00000, size: "1M" }),
        unused,
        unused,
      ],
    },
  },
  cells: {
    "imx8dxl-inmate-demo": inmateDemo,
    "imx8dxl-inmate-demo-aarch32": {
      extend: "imx8dxl-inmate-demo",
      name: "gic-demo",
      arch: "arm",
      flags: ["passive-commreg", "aarch32"],
    },
  },
  inmateCell: "imx8dxl-inmate-demo",
});
