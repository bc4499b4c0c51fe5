/**
 * The lower 2 GiB of RAM are Linux' in the root cell. How the upper 2 GiB are shared out, of which Linux' device tree
 * reserves the first (0x800000000-0x83fffffff):
 *
 *     0x800000000    4 MiB  the hypervisor
 *     0x800400000    1 MiB  shared by root and linux-demo: network
 *     0x800500000    1 MiB  shared by root and linux-demo-2: network
 *     0x800600000   64 KiB  inmate-demo, or linux-demo: Linux' loader
 *     0x800610000   64 KiB  linux-demo-2: Linux' loader
 *     0x800700000    1 MiB  shared by linux-demo and linux-demo-2: network
 *     0x802600000   60 MiB  free, in the real-time fork too: inmates with more RAM than the demo cell has
 *     0x809000000  112 MiB  linux-demo-2
 *     0x810000000  128 MiB  linux-demo
 *
 * The fork's systems -rootcol and -smmu begin otherwise, and its cells keep out of there (but for linux-demo-2):
 *
 *     0x800000000   16 MiB  the hypervisor of -rootcol; 4 MiB of them that of -smmu
 *     0x801000000    1 MiB  root's end of the network to linux-demo
 *     0x801100000    1 MiB  root's end of the network to linux-demo-2
 *     0x801200000   20 MiB  inmate-demo, linux-demo's loader, or bomb 0; coloured ones take up to four times their size
 *     0x806200000   20 MiB  bomb 1
 *     0x80b200000   20 MiB  bomb 2: in linux-demo-2's memory
 *     0x810000000 1536 MiB  linux-demo
 *     0x820000000   12 KiB  a page for each bomb, which root controls it by: in linux-demo's memory
 */
import { cable } from "../define/links.ts";

export const hypervisorMemory = { physical: 0x800000000, size: "4M" };
export const inmateMemory = { physical: 0x802600000, size: "60M" };

/** Where the fork's inmates begin; a bomb lies 80 MiB behind the one before. */
export const rtInmates = 0x801200000;

/** Network cables of root (peer 0) to linux-demo and to linux-demo-2 (peer 1). */
export const rootLinks = [cable("00:01.0", 1, 0x800400000), cable("00:02.0", 1, 0x800500000)] as const;
/** Those of the systems -rootcol and -smmu. No cell has the other end: linux-demo and linux-demo-2 have those above. */
export const movedRootLinks = [cable("00:01.0", 1, 0x801000000), cable("00:02.0", 1, 0x801100000)] as const;
/** A network cable of linux-demo (peer 0) to linux-demo-2 (peer 1). */
export const cellsLink = cable("00:03.0", 0, 0x800700000);
