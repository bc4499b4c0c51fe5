/**
 * How the 2 GiB of RAM are shared out:
 *
 *     0x40000000  1792 MiB  Linux in the root cell (booted with mem=1792M)
 *     0xb0000000   128 MiB  linux-demo
 *     0xb8000000    57 MiB  free: inmates with more RAM than the demo cell has
 *     0xbb900000    64 KiB  linux-demo: Linux' loader
 *     0xbbee1000    64 KiB  inmate-demo
 *     0xbbef1000    64 KiB  shared by all cells: ivshmem-demo
 *     0xbbf01000     1 MiB  shared by root and linux-demo: network
 *     0xbc000000    64 MiB  the hypervisor
 */
import { demoLink, networkLink } from "../define/links.ts";

export const inmateMemory = { physical: 0xb8000000, size: "57M" };
export const demo = demoLink(0xbbef1000);
export const network = networkLink(0xbbf01000);
export const hypervisorMemory = { physical: 0xbc000000, size: "64M" };
