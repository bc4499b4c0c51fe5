/** The stock cells. */

import { networkLink } from "../define/links.ts";
import type { CellSpec } from "../define/specs.ts";
import { devices } from "../soc-imx8/imx8m.ts";
import * as layout from "../soc-imx8/mini-nano.ts";
import { demoLink, inmateDemo as pattern } from "../soc-nxp/cells.ts";

/** Linux sees the virtual PCI host controller as domain 1; as domain 0 in the fork, whose cells did not all follow. */
export const demo = demoLink(layout.demoBase, 3, 1);
export const network = networkLink(layout.networkBase, 1);
export const rtDemo = { ...demo, domain: 0 };
export const rtNetwork = { ...network, domain: 0 };

const inmateDemo = {
  ...pattern({ cpu: 3, link: demo, uart: devices.uart2, ram: layout.inmateDemoRam, pciInterrupt: 108 }),
  irqchips: [{ pinBase: 96, pins: [108] }],
} satisfies CellSpec;

/** Its devices are its own, its sections root's. */
export const rtLinuxDemo = {
  ivshmem: [
    { link: demo, id: 2, writes: 0, rootshared: false },
    { link: rtNetwork, id: 1, writes: 0 },
  ],
} satisfies CellSpec;

export const cells = {
  "imx8mm-inmate-demo": inmateDemo,
  "imx8mm-linux-demo": layout.linuxDemo(demo, network),
} as const;
