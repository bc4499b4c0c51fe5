/** The stock cells. */
import { range } from "../define/checks.ts";
import { io } from "../define/regions.ts";
import type { CellSpec } from "../define/specs.ts";
import { linuxDemo as pattern } from "../soc-imx8/cells.ts";
import { devices, usdhc3 } from "../soc-imx8/imx8m.ts";
import { inmateDemo as inmatePattern, linuxEnds } from "../soc-nxp/cells.ts";
import * as layout from "./memory-map.ts";

const inmate = { cpu: 3, uart: devices.uart2, ram: layout.inmateDemoRam, pciInterrupt: 108 };
const inmateDemo = {
  ...inmatePattern({ ...inmate, link: layout.oldDemo }),
  irqchips: [{ pinBase: 96, pins: [inmate.pciInterrupt] }],
} satisfies CellSpec;

/** Domain 1, which no other cell has. */
const rtInmateDemo = { ivshmem: inmatePattern({ ...inmate, link: { ...layout.oldDemo, domain: 1 } }).ivshmem };

const linuxDemo = {
  ...pattern({
    ivshmem: [
      { link: layout.block.front, id: 1 },
      { link: layout.virtioConsole.front, id: 1 },
      ...linuxEnds(layout.demo, layout.network),
    ],
    uart: devices.uart2,
    devices: [io(devices.uart4), io(usdhc3)],
    ram: layout.linuxRam,
    pciInterrupt: 186,
  }),
  // The eMMC, the console, INTA to INTD.
  interrupts: [usdhc3.interrupt, devices.uart4.interrupt, ...range(186, 189)],
} satisfies CellSpec;

const rtLinuxDemo = { ivshmem: linuxEnds(layout.rtDemo, layout.rtNetwork) };

export const cells = { "imx8mp-inmate-demo": inmateDemo, "imx8mp-linux-demo": linuxDemo } as const;
export const rtCells = { "imx8mp-inmate-demo": rtInmateDemo, "imx8mp-linux-demo": rtLinuxDemo } as const;
