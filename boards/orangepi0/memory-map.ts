/**
 * How the 256 MiB of RAM are shared out:
 *
 *     0x40000000  128 MiB  Linux in the root cell (booted with mem=128M)
 *     0x48000000  118 MiB  linux-demo
 *     0x4f600000   64 KiB  inmate-demo
 *     0x4f610000   64 KiB  linux-demo: Linux' loader
 *     0x4f6f0000   64 KiB  shared by all cells: ivshmem-demo
 *     0x4f700000    1 MiB  shared by root and linux-demo: network
 *     0x4f800000    7 MiB  the hypervisor
 *     0x4ff00000    1 MiB  PSCI in the secure world
 */
import { demoLink, networkLink } from "../define/links.ts";

export const demo = demoLink(0x4f6f0000);
export const network = networkLink(0x4f700000);
export const hypervisorMemory = { physical: 0x4f800000, size: "7M" };
/** Up to the end of linux-demo's loader: what root does not have, it cannot load. */
export const rootMemory = { address: 0x40000000, size: 0xf620000 };
