/** What the cells of NXP's boards have in common: upstream made them from one pattern. */
import { io, ram } from "../define/regions.ts";
import type { CellSpec, Device, IvshmemLink, IvshmemSpec, MemorySpec } from "../define/specs.ts";

const stateSize = 0x1000;
const commonSize = 0x9000;
const outputSize = 0x2000;

/** State table and messages of the ivshmem demos: root is peer 0, the last peer is linux-demo. */
export function demoLink(base: number, peers: 2 | 3, domain = 0) {
  return { bdf: "00:00.0", domain, base, stateSize, commonSize, outputSize, peers } satisfies IvshmemLink;
}

/** Root's ends of the two; the cable's sections are marked as shared although they are its own: the reference has it so. */
export function rootEnds(demo: IvshmemLink, network: IvshmemLink): IvshmemSpec[] {
  return [
    { link: demo, id: 0 },
    { link: network, id: 0, rootshared: true },
  ];
}

/** linux-demo's ends of the two. */
export function linuxEnds(demo: IvshmemLink, network: IvshmemLink): IvshmemSpec[] {
  return [
    { link: demo, id: demo.peers - 1 },
    { link: network, id: 1 },
  ];
}

export interface InmateDemo {
  readonly cpu: number;
  readonly link: ReturnType<typeof demoLink>;
  readonly uart: Pick<Device, "address" | "size">;
  /** Physical address of its 64 KiB of RAM. */
  readonly ram: number;
  /** INTA of the link. */
  readonly pciInterrupt: number;
}

/**
 * It maps the sections of all peers, but its device is number 1 of one: the hypervisor lets it be, and notifies nobody
 * of a change. So the link is one of one peer, and the others' sections are memory.
 */
export function inmateDemo({ cpu, link, uart, ram: physical, pciInterrupt }: InmateDemo) {
  const outputs = Array.from({ length: link.peers - 1 }, (_, index): MemorySpec => {
    const address = link.base + stateSize + commonSize + (index + 1) * outputSize;
    // Its own is that of peer 1, the first of these.
    return { address, size: outputSize, flags: index === 0 ? ["read", "write", "rootshared"] : ["read", "rootshared"] };
  });
  return {
    name: "inmate-demo",
    cpus: [cpu],
    ivshmem: [{ link: { ...link, peers: 1 }, id: 1 }],
    memory: [...outputs, io(uart, "rootshared")],
    ram: { physical, size: "64K" },
    pciInterrupt,
  } satisfies CellSpec;
}

/** What users should know of it. */
export const inmateDemoNote =
  "inmate-demo's shared-memory device is number 1 of one peer: it works, but nobody is told of its changes of state.";

/** Linux' loader, which starts the kernel in the RAM behind it; addresses are physical. */
export function linuxMemory(loader: number, address: number, size: number): MemorySpec[] {
  return [ram({ address: 0, physical: loader, size: "64K" }, "loadable"), ram({ address, size }, "dma", "loadable")];
}

/** Of every device of a table, in its order. */
export function ioOf(devices: Readonly<Record<string, Device>>): MemorySpec[] {
  return Object.values(devices).map((device) => io(device));
}

/** An entry that upstream counts and leaves empty. */
export const unused: MemorySpec = { address: 0, size: 0, flags: [] };

/** The comm region where the file has something behind it. */
export const comm: MemorySpec = { address: 0x80000000, size: "4K", flags: ["read", "write", "comm"] };
