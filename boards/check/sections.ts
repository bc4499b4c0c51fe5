/** The ivshmem devices of a cell, and which regions are their sections. */
import type { PciDevice } from "../model.ts";
import type { Region } from "./regions.ts";
import type { CheckedCell } from "./set.ts";

/** A cell's end of an ivshmem link. */
export interface Endpoint {
  readonly cell: CheckedCell;
  readonly device: PciDevice;
  /** State table, common section, one output section a peer; empty if the cell has fewer regions than that. */
  readonly sections: readonly Region[];
}

/** Regions of a device: the state table and the common section come before the peers' output sections. */
export const firstOutput = 2;

export function endpointsOf(cell: CheckedCell): Endpoint[] {
  const { memory, pciDevices } = cell.config;
  return pciDevices
    .filter(({ type }) => type === "ivshmem")
    .map((device) => {
      const end = device.shmemRegionsStart + firstOutput + device.shmemPeers;
      return { cell, device, sections: end > memory.length ? [] : cell.regions.slice(device.shmemRegionsStart, end) };
    });
}

export interface Link {
  readonly bdf: string;
  readonly endpoints: readonly Endpoint[];
}

/** The hypervisor connects devices of equal bus, device and function, whatever their domains are. */
export function linksOf(cells: readonly CheckedCell[]): Link[] {
  const links = new Map<string, Endpoint[]>();
  for (const endpoint of cells.flatMap(endpointsOf)) {
    links.set(endpoint.device.bdf, [...(links.get(endpoint.device.bdf) ?? []), endpoint]);
  }
  return [...links].map(([bdf, endpoints]) => ({ bdf, endpoints }));
}

/** "state table", "output section of peer 1" */
export function sectionName(index: number): string {
  if (index === 0) return "state table";
  return index === 1 ? "common section" : `output section of peer ${index - firstOutput}`;
}
