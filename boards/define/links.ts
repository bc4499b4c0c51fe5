/** Shared memory as the reference configurations of most boards lay it out. */
import type { IvshmemLink } from "./specs.ts";

/** State table and messages of the ivshmem demos, 64 KiB: root is peer 0, inmate-demo 1, linux-demo 2. */
export function demoLink(base: number, domain = 0): IvshmemLink {
  return { bdf: "00:00.0", domain, base, stateSize: "4K", commonSize: "36K", outputSize: "8K", peers: 3 };
}

/** A network cable between two cells: 1 MiB of shared memory from `base` on, less its last page. */
export function cable(bdf: string, domain: number, base: number) {
  const sizes = { stateSize: "4K", commonSize: 0, outputSize: "508K" } as const;
  return { bdf, domain, base, ...sizes, peers: 2, protocol: "veth" } as const satisfies IvshmemLink;
}

/** The cable where the demos' link is device 0: root is peer 0, linux-demo 1. */
export const networkLink = (base: number, domain = 0) => cable("00:01.0", domain, base);
