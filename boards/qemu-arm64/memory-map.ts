/**
 * How the 1 GiB of RAM is shared out:
 *
 *     0x40000000  768 MiB  Linux in the root cell (booted with mem=768M)
 *     0x70000000  128 MiB  linux-demo, zephyr-demo
 *     0x78000000  121 MiB  free: inmates with more RAM than the demo cell has
 *     0x7f900000   64 KiB  linux-demo, zephyr-demo: Linux' loader
 *     0x7fa00000   64 KiB  inmate-demo
 *     0x7faf0000   64 KiB  shared by all cells: ivshmem-demo
 *     0x7fb00000    1 MiB  shared by root and linux-demo: network
 *     0x7fc00000    4 MiB  the hypervisor
 */
import { cable, demoLink as standardDemoLink } from "../define/links.ts";

export const inmateMemory = { physical: 0x78000000, size: 0x7900000 };
export const hypervisorMemory = { physical: 0x7fc00000, size: "4M" };

/** The hypervisor's own PCI host controller, in a gap of the machine's map; Linux sees it as this domain. */
export const virtualPci = { mmconfigBase: 0x8e00000, virtual: true, domain: 1 };

/** State table and messages of the ivshmem demos: root is peer 0, inmate-demo 1, linux-demo 2. */
export const demoLink = standardDemoLink(0x7faf0000, virtualPci.domain);

/** A network cable: root is peer 0, linux-demo 1. */
export const networkLink = cable("00:01.0", virtualPci.domain, 0x7fb00000);
