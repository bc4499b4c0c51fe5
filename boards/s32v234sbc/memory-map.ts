/**
 * How the 2 GiB of RAM is shared out:
 *
 *     0x80000000     1 GiB  Linux in the root cell: the first memory controller's
 *     0xc0000000   960 MiB  Linux in the root cell: the second one's. With s32v234sbc-rootprof Linux sees it at
 *                           0x100000000, and the profiler at 0x50000000
 *     0xfc000000    63 MiB  the hypervisor
 *     0xfff00000     4 KiB  state table of the network, and a page of the cells that they cannot use
 *     0xfff01000  1020 KiB  the cells' RAM, and the network's two sections of 508 KiB
 */
export const dram0 = { address: 0x80000000, size: "1G" };
export const dram1 = { address: 0xc0000000, size: "960M" };
export const hypervisorMemory = { physical: 0xfc000000, size: "63M" };
export const sharedPage = 0xfff00000;
export const cellRam = { address: 0xfff01000, size: 0xff000 };
