/**
 * How the 2 GiB of RAM are shared out:
 *
 *     0x00000000  1820 MiB  Linux in the root cell (booted with mem=1820M)
 *     0x74000000  ~127 MiB  linux-demo
 *     0x7bef0000    64 KiB  linux-demo: Linux' loader
 *     0x7bfe0000    64 KiB  inmate-demo
 *     0x7c000000    58 MiB  free: inmates with more RAM than the demo cell has
 *     0x7faf0000    64 KiB  shared by all cells: ivshmem-demo
 *     0x7fb00000     1 MiB  shared by root and linux-demo: network
 *     0x7fc00000     4 MiB  the hypervisor
 */

import { cable } from "../define/links.ts";
import type { IvshmemLink } from "../define/specs.ts";

export const inmateMemory = { physical: 0x7c000000, size: "58M" };
export const hypervisorMemory = { physical: 0x7fc00000, size: "4M" };

/** State table and messages of the ivshmem demos: root is peer 0, inmate-demo 1, linux-demo 2. */
export const demoLink: IvshmemLink = {
  bdf: "00:00.0",
  domain: 1,
  base: 0x7faf0000,
  stateSize: "4K",
  commonSize: "36K",
  outputSize: "8K",
  peers: 3,
};

/** A network cable: root is peer 0, linux-demo 1. */
export const networkLink = cable("00:01.0", 1, 0x7fb00000);
