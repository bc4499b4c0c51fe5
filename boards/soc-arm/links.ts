/** Shared memory as the reference configurations of most Arm boards lay it out. */
import type { IvshmemLink } from "../define/specs.ts";

/** State table and messages of the ivshmem demos, 64 KiB: root is peer 0, inmate-demo 1, linux-demo 2. */
export function demoLink(base: number, domain = 0): IvshmemLink {
  return { bdf: "00:00.0", domain, base, stateSize: "4K", commonSize: "36K", outputSize: "8K", peers: 3 };
}

/** A network cable, 1 MiB without its last page: root is peer 0, linux-demo 1. */
export function networkLink(base: number, domain = 0): IvshmemLink {
  const sizes = { stateSize: "4K", commonSize: 0, outputSize: "508K" };
  return { bdf: "00:01.0", domain, base, ...sizes, peers: 2, protocol: "veth" };
}
