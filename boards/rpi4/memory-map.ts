/**
 * How the lower RAM is shared out: a block that Linux' device tree reserves holds everything but Linux itself. The
 * real-time fork is older and has the block 512 MiB higher, at 0x30000000.
 *
 *     0x00000000  256 MiB  Linux in the root cell
 *     0x10000000  128 MiB  linux-demo
 *     0x18000000  121 MiB  free: inmates with more RAM than the demo cell has
 *     0x1f900000   64 KiB  linux-demo: Linux' loader
 *     0x1fa00000   64 KiB  inmate-demo
 *     0x1faf0000   64 KiB  shared by all cells: ivshmem-demo
 *     0x1fb00000    1 MiB  shared by root and linux-demo: network
 *     0x1fc00000    4 MiB  the hypervisor
 *     0x20000000  512 MiB  and what else the model has: Linux in the root cell
 */
import { cable, demoLink as standardDemoLink } from "../define/links.ts";

export const inmateMemory = { physical: 0x18000000, size: "121M" };

/** The hypervisor's own PCI host controller, behind the GIC; Linux sees it as this domain. */
export const virtualPci = { mmconfigBase: 0xff900000, virtual: true, domain: 1 };

/** Everything in the reserved block that begins at `base`. */
export function blockAt(base: number) {
  /** State table and messages of the ivshmem demos: root is peer 0, inmate-demo 1, linux-demo 2. */
  const demoLink = standardDemoLink(base + 0xfaf0000, virtualPci.domain);
  /** A network cable: root is peer 0, linux-demo 1. */
  const networkLink = cable("00:01.0", virtualPci.domain, base + 0xfb00000);
  return {
    linuxRam: { address: base, size: "128M" },
    linuxLoader: base + 0xf900000,
    inmateRam: { physical: base + 0xfa00000, size: "64K" },
    // What root does not have, it cannot load: it ends behind inmate-demo's RAM.
    rootEnd: base + 0xfa10000,
    demoLink,
    networkLink,
    hypervisorMemory: { physical: base + 0xfc00000, size: "4M" },
  } as const;
}

export type Block = ReturnType<typeof blockAt>;

export const block = blockAt(0x10000000);
export const rtBlock = blockAt(0x30000000);
