/**
 * How the LS1028A-, LS1046A-, LS1088A- and LS2088A-RDB share out the 2 GiB of RAM in the lower bank:
 *
 *     0x80000000  1017 MiB  Linux in the root cell
 *     0xbf900000    64 KiB  the Linux cells' loader
 *     0xbf910000     6 MiB  free: inmates with more RAM than the demo cell has
 *     0xc0000000   949 MiB  the cells' RAM; inmate-demo takes the first 64 KiB
 *     0xfb500000     2 MiB  the virtual PCI host controller, on the LS1028A and LS1046A
 *     0xfb700000    56 KiB  shared by all cells: ivshmem-demo
 *     0xfb800000     1 MiB  shared by root and a Linux cell: network
 *     0xfba00000     4 MiB  the hypervisor
 *
 * Linux has the upper bank too, unless mem= takes it away. The end of the lower one is the secure firmware's.
 */

import { networkLink } from "../define/links.ts";
import { ram } from "../define/regions.ts";
import { demoLink, inmateDemoNote, linuxMemory } from "../soc-nxp/cells.ts";

export const hypervisorMemory = { physical: 0xfba00000, size: "4M" };
export const loader = { address: 0xbf900000, size: 0x100000 };
/** The root cell has it, in its first GiB. */
export const inmateMemory = { physical: 0xbf910000, size: 0x6f0000 };
export const cellRam = { address: 0xc0000000, size: 0x3b500000 };

export const twoPeers = demoLink(0xfb700000, 2);
export const threePeers = demoLink(0xfb700000, 3);
export const network = networkLink(0xfb800000);

/** Among the SoC's memory, or in a gap of the LS1088A's and LS2088A's map of registers. */
export const virtualPci = { mmconfigBase: 0xfb500000, virtual: true, domain: 0xffff };
export const virtualPciInGap = { ...virtualPci, mmconfigBase: 0x13000000 };

export const linuxRam = linuxMemory(loader.address, cellRam.address, cellRam.size);

/** Root's RAM: the lower bank up to the cells', the upper bank, the cells'. */
export function rootRam(upperBank: { readonly address: number; readonly size: string }) {
  return [ram({ address: 0x80000000, size: "1G" }), ram(upperBank), ram(cellRam)];
}

export const kernelArguments = ["mem=1017M"];
export const notes = [
  "mem=1017M costs Linux the upper bank; a device tree that reserves 0xbf900000 to 0xfbdfffff keeps it.",
  "Hypervisor and inmates print on the two serial ports of DUART1, which share a page.",
  "inmate-demo's RAM is the beginning of linux-demo's: run one or the other.",
  inmateDemoNote,
];
