/**
 * The evaluation kits of i.MX 8M Mini and Nano share out 2 GiB of RAM alike:
 *
 *     0x40000000  1340 MiB  Linux in the root cell
 *     0x93c00000   576 MiB  linux-demo; 64 KiB of it from 0xb3c00000: inmate-demo
 *     0xb7c00000     4 MiB  the hypervisor
 *     0xb8000000    55 MiB  Linux in the root cell, unless mem= takes it away
 *     0xbb700000    64 KiB  linux-demo: Linux' loader
 *     0xbb710000   960 KiB  free: inmates with more RAM than the demo cell has
 *     0xbb800000     2 MiB  the virtual PCI host controller and its devices' BARs
 *     0xbba00000    56 KiB  shared by all cells: ivshmem-demo
 *     0xbbb00000     1 MiB  shared by root and linux-demo: network
 *     0xbbc00000    36 MiB  as 0xb8000000
 *     0xbe000000    32 MiB  the secure firmware, of which Linux shares a part
 */
import { io, ram } from "../define/regions.ts";
import type { CellSpec, IvshmemLink, MemorySpec } from "../define/specs.ts";
import { linuxEnds, linuxMemory } from "../soc-nxp/cells.ts";
import { linuxDemo as pattern } from "./cells.ts";
import { devices, usdhc3 } from "./imx8m.ts";

export const hypervisorMemory = { physical: 0xb7c00000, size: "4M" };
export const demoBase = 0xbba00000;
export const networkBase = 0xbbb00000;
export const mmconfigBase = 0xbb800000;
export const inmateDemoRam = 0xb3c00000;
/** What the loader leaves of the megabyte that is reserved for it. */
export const inmateMemory = { physical: 0xbb710000, size: 0xf0000 };

export const rootRam: readonly MemorySpec[] = [
  ram({ address: 0x40000000, size: 0x73c00000 }),
  ram({ address: inmateDemoRam, size: "64M" }),
  ram({ address: 0xb8000000, size: "55M" }),
  ram({ address: 0xbb700000, size: "1M" }),
  ram({ address: 0xbbc00000, size: "36M" }),
  { address: 0xbe000000, size: "32M", flags: ["read", "write"] },
];

export function linuxDemo(demo: IvshmemLink, network: IvshmemLink) {
  const cell = pattern({
    ivshmem: linuxEnds(demo, network),
    uart: devices.uart2,
    // Its console and the eMMC.
    devices: [io(devices.uart4), io(usdhc3)],
    ram: linuxMemory(0xbb700000, 0x93c00000, 0x24000000),
    pciInterrupt: 106,
  });
  return {
    ...cell,
    interrupts: [usdhc3.interrupt, devices.uart4.interrupt],
    // INTA to INTD; this entry of the file begins 64 interrupts behind the first one.
    irqchips: [{ pinBase: 96, pins: [106, 107, 108, 109] }],
  } satisfies CellSpec;
}

export const kernelArguments = ["mem=1340M"];
export const layoutNote =
  "A device tree that reserves 0x93c00000 to 0xb7ffffff and 0xbb700000 to 0xbbbfffff leaves Linux more than mem=1340M.";
