/** Cells that only the real-time fork has: an inmate of few colours, and the memory bombs. */
import { range } from "../define/checks.ts";
import { io, ram } from "../define/regions.ts";
import type { CellSpec, ColoredSpec, MemorySpec } from "../define/specs.ts";
import { uart } from "./cells.ts";
import { rtInmates } from "./memory-map.ts";

/** RAM at 0 of some of the sixteen colours: it takes the pages of these from `physical` on and leaves the others out. */
const coloredRam = (physical: number, size: string, colors: number[]): ColoredSpec => ({
  ...ram({ address: 0, physical, size }, "loadable"),
  colors,
});

const inmateColDemo = {
  name: "inmate-demo",
  cpus: [3],
  memory: [uart],
  colored: [coloredRam(rtInmates, "64K", range(0, 7))],
} satisfies CellSpec;

const bombSize = "5M";
/** Physical address of the bomb on CPU n + 1: far enough apart that the coloured ones fit, too. */
const bombAt = (n: number) => rtInmates + n * 0x5000000;
/** The page by which root (through /dev/mem) tells the bomb what to do. */
const control = (n: number) => io({ address: 0x500000, physical: 0x820000000 + n * 0x1000, size: "4K" }, "rootshared");

const bomb = (n: number, ...more: MemorySpec[]): CellSpec => ({
  name: `mem-bomb-${n}`,
  cpus: [n + 1],
  memory: [uart, ram({ address: 0, physical: bombAt(n), size: bombSize }, "loadable"), ...more, control(n)],
});

const coloredBomb = (n: number, colors: number[]): CellSpec => ({
  name: `col-mem-bomb-${n}`,
  cpus: [n + 1],
  memory: [uart, control(n)],
  colored: [coloredRam(bombAt(n), bombSize, colors)],
});

export const rtOnly = {
  "zynqmp-zcu102-inmate-col-demo": inmateColDemo,
  "zynqmp-zcu102-bomb0": bomb(0),
  "zynqmp-zcu102-bomb1": bomb(
    1,
    // Memory in the programmable logic, behind M_AXI_HPM0_FPD and M_AXI_HPM1_FPD (UG1085, table 10-1).
    ram({ address: 0x6500000, physical: 0x1000000000, size: bombSize }, "loadable"),
    ram({ address: 0x7500000, physical: 0x4800000000, size: bombSize }, "loadable"),
  ),
  "zynqmp-zcu102-bomb2": bomb(2),
  // The lowest four colours are those that -rootcol leaves to cells: bombs 1 and 2 share them, bomb 0 meets Linux.
  "zynqmp-zcu102-bomb0-col": coloredBomb(0, range(4, 7)),
  "zynqmp-zcu102-bomb1-col": coloredBomb(1, range(0, 3)),
  "zynqmp-zcu102-bomb2-col": coloredBomb(2, range(0, 3)),
};
