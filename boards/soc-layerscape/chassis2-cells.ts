/** The cells of the reference design boards with an LS1043A or LS1046A. */
import { range } from "../define/checks.ts";
import { io } from "../define/regions.ts";
import type { CellSpec, IvshmemLink, MemorySpec } from "../define/specs.ts";
import { comm, type demoLink, linuxEnds, inmateDemo as pattern, unused } from "../soc-nxp/cells.ts";
import { devices } from "./chassis2.ts";

/** INTA to INTD of the virtual PCI bus, where it is for the cells. */
const inta = 60;
/** Upstream gives every cell an entry for the second 128 interrupts, and puts nothing into it. */
export const secondEntry = { irqchips: [{ pinBase: 160, pins: [] }] } satisfies CellSpec;

/** @param ram physical address of its RAM */
export function inmateDemo(link: ReturnType<typeof demoLink>, ram: number) {
  const cell = pattern({ cpu: 1, link, uart: devices.duart1, ram, pciInterrupt: inta });
  return { ...cell, interrupts: [inta], ...secondEntry } satisfies CellSpec;
}

export function linuxDemo(demo: IvshmemLink, network: IvshmemLink, ram: readonly MemorySpec[]) {
  return {
    name: "linux-inmate-demo",
    cpus: [2, 3],
    console: "none",
    ivshmem: linuxEnds(demo, network),
    memory: linuxDemoMemory([], ram),
    pciInterrupt: inta,
    interrupts: range(inta, inta + 3),
    ...secondEntry,
  } satisfies CellSpec;
}

/** @param more devices that the cell has for itself */
export function linuxDemoMemory(more: readonly MemorySpec[], ram: readonly MemorySpec[]): MemorySpec[] {
  return [
    // The first page has both serial ports.
    io({ address: devices.duart1.address, size: "4K" }, "rootshared"),
    io(devices.clockgen, "rootshared"),
    ...more,
    io(devices.dcfg),
    ...ram,
    comm,
    unused,
  ];
}
