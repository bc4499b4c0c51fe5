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
import type { IvshmemLink } from "../define/specs.ts";

export const inmateMemory = { physical: 0x18000000, size: "121M" };

/** The hypervisor's own PCI host controller, behind the GIC; Linux sees it as this domain. */
export const virtualPci = { mmconfigBase: 0xff900000, virtual: true, domain: 1 };

/** Everything in the reserved block that begins at `base`. */
export function blockAt(base: number) {
  /** State table and messages of the ivshmem demos: root is peer 0, inmate-demo 1, linux-demo 2. */
  const demoLink: IvshmemLink = {
    bdf: "00:00.0",
    domain: virtualPci.domain,
    base: base + 0xfaf0000,
    stateSize: "4K",
    commonSize: "36K",
    outputSize: "8K",
    peers: 3,
  };
  /** A network cable: root is peer 0, linux-demo 1. */
  const networkLink: IvshmemLink = {
    bdf: "00:01.0",
    domain: virtualPci.domain,
    base: base + 0xfb00000,
    stateSize: "4K",
    commonSize: 0,
    outputSize: "508K",
    peers: 2,
    protocol: "veth",
  };
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
