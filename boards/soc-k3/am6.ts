/** What AM62x and AM65x have in common: how their stock cells share out the memory. */
import { io, ram } from "../define/regions.ts";
import type { CellSpec, Device } from "../define/specs.ts";
import { comm, ios, links, unused, virtualPci } from "./k3.ts";

const MiB = 1024 * 1024;
const inmates = 512 * MiB;
/** inmate-demo's RAM, and linux-demo's loader. */
const small = 0x10000;

/**
 * The memory on both sides of `line`:
 *
 *     line - 6 MiB     320 KiB  shared by root, inmates and linux-demo: ivshmem-demo
 *     line - 5 MiB       1 MiB  shared by root and linux-demo: network
 *     line - 4 MiB       4 MiB  the hypervisor
 *     line              64 KiB  inmate-demo; linux-demo, too
 *     line + 64 KiB  511.9 MiB  linux-demo, or inmates with more RAM than the demo cell has
 *     line + 512 MiB            linux-demo's loader, in the last 64 KiB
 */
export function sharing(line: number) {
  const pci = { ...virtualPci, domain: 1 };
  const shared = { demo: line - 6 * MiB, peers: 3, network: line - 5 * MiB, domain: pci.domain };
  const { demoLink, networkLink, rootLinks } = links(shared);
  /** @param unusedPlaces at the end of the list of regions */
  const linuxDemo = (uart: Device, secureProxy: Readonly<Record<string, Device>>, unusedPlaces: number) =>
    ({
      // Domain 0 while root has them in domain 1: the hypervisor connects devices of equal bus, device and function.
      ivshmem: [
        { link: demoLink, id: 2, domain: 0 },
        { link: networkLink, id: 1, domain: 0 },
      ],
      pciInterrupt: 189,
      memory: [
        ram({ address: 0, physical: line + inmates - small, size: small }, "dma", "loadable"),
        ram({ address: line, size: inmates - small }, "dma", "loadable"),
        io(uart),
        ...ios(secureProxy),
        comm,
        ...Array.from({ length: unusedPlaces }, () => unused),
      ],
    }) satisfies CellSpec;
  /** No link: the memory of the ivshmem demos is linux-demo's and root's. */
  const inmateDemo = (uart: Device) =>
    ({ name: "inmate-demo", cpus: [2], memory: [io(uart)], ram: { physical: line, size: small } }) satisfies CellSpec;
  return {
    pci,
    networkLink,
    rootLinks,
    hypervisorMemory: { physical: line - 4 * MiB, size: "4M" },
    inmateMemory: { physical: line + small, size: inmates - 2 * small },
    /** What the root cell must cover, to load it. */
    inmateRam: ram({ address: line, size: inmates }),
    inmateDemo,
    linuxDemo,
  };
}

/** @param from the first address that is not for Linux */
export function notes(from: string): readonly string[] {
  return [
    `The device tree must keep Linux off the memory from ${from} on; no kernel argument does.`,
    "An inmate with more RAM than the demo cell gets it where linux-demo's is: they do not run together.",
    "The stock inmate-demo has no ivshmem device.",
  ];
}
