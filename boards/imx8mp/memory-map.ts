/**
 * How the 6 GiB of RAM is shared out:
 *
 *     0x040000000     2 GiB  Linux in the root cell
 *     0x0c0000000   983 MiB  linux-demo; 64 KiB at its beginning: inmate-demo
 *     0x0fd700000     2 MiB  the virtual PCI host controller and its devices' BARs
 *     0x0fd900000   896 KiB  shared by root and linux-demo: virtio block device
 *     0x0fd9e0000    64 KiB  shared by root and linux-demo: virtio console
 *     0x0fd9f0000    56 KiB  shared by root and linux-demo: ivshmem-demo
 *     0x0fda00000     1 MiB  shared by root and linux-demo: network
 *     0x0fdb00000    64 KiB  linux-demo: Linux' loader
 *     0x0fdb10000   960 KiB  free: inmates with more RAM than the demo cell has
 *     0x0fdc00000     4 MiB  the hypervisor
 *     0x0fe000000    32 MiB  the secure firmware, of which Linux shares a part
 *     0x100000000     3 GiB  Linux in the root cell, unless mem= takes it away
 *
 * The fork has no virtio devices, and ivshmem-demo's memory at 0xfd900000.
 */

import { networkLink } from "../define/links.ts";
import { ram } from "../define/regions.ts";
import type { IvshmemLink, MemorySpec } from "../define/specs.ts";
import { demoLink, linuxMemory } from "../soc-nxp/cells.ts";

export const hypervisorMemory = { physical: 0xfdc00000, size: "4M" };
/** Linux sees it as this domain; the fork's as 0. */
export const virtualPci = { mmconfigBase: 0xfd700000, virtual: true, domain: 2 };
export const rtVirtualPci = { ...virtualPci, domain: 0 };
/** What the loader leaves of the megabyte that is reserved for it. */
export const inmateMemory = { physical: 0xfdb10000, size: 0xf0000 };
export const inmateDemoRam = 0xc0000000;

/** The back-end (root) and the front-end of a virtio device; it has no sections but the one that both write. */
function virtioLink(bdf: string, base: number, commonSize: number, device: number) {
  const link = { bdf, domain: virtualPci.domain, base, stateSize: "4K", commonSize, outputSize: 0, peers: 2 };
  const ends = { back: { ...link, protocol: 0xc000 + device }, front: { ...link, protocol: 0x8000 + device } };
  return ends satisfies Record<string, IvshmemLink>;
}

/** Device types 2 and 3 of the virtio specification. */
export const block = virtioLink("00:02.0", 0xfd900000, 0xdf000, 2);
export const virtioConsole = virtioLink("00:03.0", 0xfd9e0000, 0xf000, 3);
export const demo = demoLink(0xfd9f0000, 3, virtualPci.domain);
export const network = networkLink(0xfda00000, virtualPci.domain);

/** Where it is in the fork and, in mainline, where inmate-demo still looks for it. */
export const oldDemo = demoLink(0xfd900000, 3, virtualPci.domain);
export const rtDemo = { ...oldDemo, domain: rtVirtualPci.domain };
export const rtNetwork = { ...network, domain: rtVirtualPci.domain };

export const linuxRam = linuxMemory(0xfdb00000, 0xc0000000, 0x3d700000);

export const rootRam: readonly MemorySpec[] = [
  ram({ address: 0x40000000, size: "2G" }),
  ram({ address: 0xc0000000, size: 0x3d700000 }),
  ram({ address: 0xfdb00000, size: "1M" }),
  { address: 0xfe000000, size: "32M", flags: ["read", "write"] },
  { address: 0x100000000, size: "3G", flags: ["read", "write"] },
];
