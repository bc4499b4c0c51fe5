/** What TI's K3 SoCs have in common: AM62x, AM65x, J7200 (DRA821) and J721E (DRA829, TDA4VM). */
import { cable } from "../define/links.ts";
import { io } from "../define/regions.ts";
import type { ConsoleSpec, Device, GicSpec, IvshmemLink, IvshmemSpec, MemorySpec } from "../define/specs.ts";

/** The registers of each. */
export function ios(named: Readonly<Record<string, Device>>): MemorySpec[] {
  return Object.values(named).map((device) => io(device));
}

/** The devices of all groups. */
export function byName(groups: Readonly<Record<string, Record<string, Device>>>): Record<string, Device> {
  return Object.assign({}, ...Object.values(groups));
}

/** A GIC-500; a CPU's redistributor has 128 KiB. */
export function gic500(redistributors: bigint, cpus: number) {
  const gicd: Device = { address: 0x1800000n, size: 0x10000n };
  return {
    gic: { version: 3, distributor: gicd.address, redistributors } satisfies GicSpec,
    devices: { gicd, gicr: { address: redistributors, size: BigInt(cpus) * 0x20000n } },
  };
}

/** The UARTs are 16550s with registers 4 bytes apart. */
export function uart(device: Device, more: Omit<ConsoleSpec, "type" | "address"> = {}): ConsoleSpec {
  return { type: "8250", address: device.address, ...more, flags: ["mmio", "regdist4", ...(more.flags ?? [])] };
}

/** The main domain's UARTs have 48 MHz: divided by 16 and this, 111 kBd, which is near enough to 115,200. */
export const mainUartDivider = 27;

export const timer = { hz: 200_000_000, note: "the usual rate; a program reads CNTFRQ" };

/** Threads 15 to 19 of the secure proxy, which take messages to the system's firmware and back. Not AM62x's. */
export const secureProxy = {
  "secure-proxy-run-time": { address: 0x3240f000n, size: 0x5000n },
  "secure-proxy-config": { address: 0x3280f000n, size: 0x5000n },
  "secure-proxy-data": { address: 0x32c0f000n, size: 0x5000n, interrupt: 71 },
} satisfies Record<string, Device>;

/** The hypervisor's own PCI host controller, in a gap of the memory maps. */
export const virtualPci = { mmconfigBase: 0x76000000, virtual: true };

/**
 * The links of the stock cells: the ivshmem demos', whose sections begin at `demo`, and a network cable; and root's ends.
 * BARs and the demos' sections have 64 KiB, so that a Linux with pages of that size can map them apart.
 */
export function links(where: { demo: number; peers: number; network: number; domain: number }) {
  const { demo, peers, network, domain } = where;
  const all64K = { stateSize: "64K", commonSize: "64K", outputSize: "64K" };
  const demoLink: IvshmemLink = { domain, barSize: "64K", bdf: "00:00.0", base: demo, peers, ...all64K };
  const networkLink: IvshmemLink = { ...cable("00:01.0", domain, network), barSize: "64K" };
  const rootLinks: readonly IvshmemSpec[] = [
    { link: demoLink, id: 0 },
    // Marked as shared although it is the root cell's own; the references have it so.
    { link: networkLink, id: 0, rootshared: true },
  ];
  return { demoLink, networkLink, rootLinks };
}

/** A place in a reference's list of regions that it does not fill. */
export const unused: MemorySpec = { address: 0, size: 0, flags: [] };

/** The comm region, for cells with `unused` places behind it. */
export const comm: MemorySpec = { address: 0x80000000, physical: 0, size: "4K", flags: ["read", "write", "comm"] };
