/** The cells of the reference design boards with an LS1028A, LS1088A or LS2088A. */
import { io } from "../define/regions.ts";
import type { CellSpec, IvshmemSpec } from "../define/specs.ts";
import { type demoLink, inmateDemo as pattern } from "../soc-nxp/cells.ts";
import { control } from "./chassis3.ts";
import * as layout from "./memory-map.ts";

/** Upstream gives the cells of two boards a second entry and forgets to fill it in: without a controller, it is ignored. */
export const strayEntry = { irqchips: [{ address: 0, pins: [] }] } satisfies CellSpec;

/** @param inta of the virtual PCI bus, where it is for the cells */
export function inmateDemo(link: ReturnType<typeof demoLink>, inta: number) {
  const cell = pattern({ cpu: 1, link, uart: control.duart1, ram: layout.cellRam.address, pciInterrupt: inta });
  return { ...cell, interrupts: [inta] } satisfies CellSpec;
}

/**
 * @param end its end of the demo link
 * @param interrupts INTA to INTD, INTA first
 */
export function linuxDemo(cpus: readonly number[], end: IvshmemSpec, interrupts: readonly [number, ...number[]]) {
  return {
    name: "linux-inmate-demo",
    cpus,
    console: "none",
    ivshmem: [end, { link: layout.network, id: 1 }],
    memory: [
      // The first page has both serial ports.
      io({ address: control.duart1.address, size: "4K" }, "rootshared"),
      io(control.clockgen, "rootshared"),
      ...layout.linuxRam,
    ],
    pciInterrupt: interrupts[0],
    interrupts,
  } satisfies CellSpec;
}
