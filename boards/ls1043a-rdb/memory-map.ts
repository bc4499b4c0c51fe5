/**
 * How the 4 GiB of RAM is shared out, 2 GiB of it in the lower bank:
 *
 *     0x080000000    1 GiB  Linux in the root cell
 *     0x0c0000000    4 MiB  the hypervisor
 *     0x0c0400000    1 MiB  the Linux cells' loader, 64 KiB of it; the rest is free for inmates
 *     0x0c0500000   56 KiB  shared by all cells: ivshmem-demo
 *     0x0c0600000    1 MiB  shared by root and a Linux cell: network
 *     0x0c0700000    1 MiB  the virtual PCI host controller, its devices' BARs behind it
 *     0x0c0900000  823 MiB  the cells' RAM; inmate-demo takes the first 64 KiB
 *     0x880000000    6 GiB  Linux in the root cell: as much as the upper bank can have
 */
import { networkLink } from "../define/links.ts";
import { demoLink } from "../soc-nxp/cells.ts";

export const hypervisorMemory = { physical: 0xc0000000, size: "4M" };
export const loader = { address: 0xc0400000, size: 0x100000 };
export const demo = demoLink(0xc0500000, 3);
export const network = networkLink(0xc0600000);
export const virtualPci = { mmconfigBase: 0xc0700000, virtual: true, domain: 0xffff };
export const cellRam = { address: 0xc0900000, size: 0x33700000 };

/** The loader's memory without the loader. */
export const inmateMemory = { physical: loader.address + 0x10000, size: loader.size - 0x10000 };
