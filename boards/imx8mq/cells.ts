/**
 * The stock cells, and how the 3 GiB of RAM is shared out:
 *
 *     0x40000000  2043 MiB  Linux in the root cell
 *     0xbfb00000     2 MiB  the virtual PCI host controller and its devices' BARs
 *     0xbfd00000    56 KiB  shared by all cells: ivshmem-demo
 *     0xbfe00000     1 MiB  shared by root and linux-demo: network
 *     0xbff00000    64 KiB  linux-demo: Linux' loader
 *     0xbff10000   960 KiB  free: inmates with more RAM than the demo cell has
 *     0xc0000000   988 MiB  linux-demo; 64 KiB at its beginning: inmate-demo
 *     0xfdc00000     4 MiB  the hypervisor
 *     0xfe000000    32 MiB  the secure firmware, of which Linux shares a part
 */

import { networkLink } from "../define/links.ts";
import { io, ram } from "../define/regions.ts";
import type { CellSpec, MemorySpec } from "../define/specs.ts";
import { linuxDemo as pattern } from "../soc-imx8/cells.ts";
import { devices } from "../soc-imx8/imx8m.ts";
import { demoLink, inmateDemo as inmatePattern, linuxEnds, linuxMemory } from "../soc-nxp/cells.ts";

export const hypervisorMemory = { physical: 0xfdc00000, size: "4M" };
/** Linux sees it as this domain; the fork's as 0. */
export const virtualPci = { mmconfigBase: 0xbfb00000, virtual: true, domain: 2 };
export const rtVirtualPci = { ...virtualPci, domain: 0 };
export const demo = demoLink(0xbfd00000, 3, virtualPci.domain);
export const network = networkLink(0xbfe00000, virtualPci.domain);
/** What the loader leaves of the megabyte that is reserved for it. */
export const inmateMemory = { physical: 0xbff10000, size: 0xf0000 };

const cellRam = { address: 0xc0000000, size: 0x3dc00000 };

export const rootRam: readonly MemorySpec[] = [
  ram({ address: 0x40000000, size: "2043M" }),
  ram({ address: 0xbff00000, size: "1M" }),
  ram(cellRam),
  { address: 0xfe000000, size: "32M", flags: ["read", "write"] },
];

const inta = { pciInterrupt: 140, irqchips: [{ pinBase: 128, pins: [140] }] } satisfies CellSpec;

const inmateDemo = {
  ...inmatePattern({
    cpu: 3,
    // Domain 1, which root has not: the hypervisor connects devices of equal bus, device and function.
    link: { ...demo, domain: 1 },
    uart: devices.uart1,
    ram: cellRam.address,
    ...inta,
  }),
  ...inta,
} satisfies CellSpec;

const linuxDemo = {
  ...pattern({
    ivshmem: linuxEnds(demo, network),
    uart: devices.uart1,
    // uSDHC1, the eMMC, stays root's too: Linux there must not use it.
    devices: [io(devices.uart2), io(devices.usdhc1, "rootshared")],
    ram: linuxMemory(0xbff00000, cellRam.address, cellRam.size),
    ...inta,
  }),
  interrupts: [devices.usdhc1.interrupt, devices.uart2.interrupt],
  ...inta,
} satisfies CellSpec;

/** In two domains. */
export const rtLinuxDemo = {
  ivshmem: [
    { link: demo, id: 2, domain: 1 },
    { link: network, id: 1, domain: 0 },
  ],
} satisfies CellSpec;

export const cells = { "imx8mq-inmate-demo": inmateDemo, "imx8mq-linux-demo": linuxDemo } as const;
