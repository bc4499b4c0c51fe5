/** The stock cells, mainline's and the real-time fork's: the same in another block of memory. */
import { io, ram } from "../define/regions.ts";
import type { CellSpec } from "../define/specs.ts";
import { devices } from "./machine.ts";
import { type Block, block, rtBlock } from "./memory-map.ts";

/** Less than a page, so accesses trap: the two SPIs in the same page stay root's. */
const uart = io(devices.uart1, "rootshared", "io8", "io32");

const inmateDemo = ({ inmateRam, demoLink }: Block) =>
  ({
    name: "inmate-demo",
    cpus: [1],
    ram: inmateRam,
    memory: [uart],
    ivshmem: [{ link: demoLink, id: 1 }],
    pciInterrupt: 184,
    // INTA of the link.
    interrupts: [184],
  }) satisfies CellSpec;

const linuxDemo = ({ linuxRam, linuxLoader, demoLink, networkLink }: Block) =>
  ({
    name: "rpi4-linux-demo",
    cpus: [2, 3],
    flags: ["passive-commreg", "virtual-console-permitted"],
    memory: [
      uart,
      ram({ address: 0, physical: linuxLoader, size: "64K" }, "loadable"),
      ram(linuxRam, "dma", "loadable"),
    ],
    ivshmem: [
      { link: demoLink, id: 2 },
      // Domain 0 while root has it in domain 1: the hypervisor connects devices of equal bus, device and function.
      { link: networkLink, id: 1, domain: 0 },
    ],
    pciInterrupt: 185,
    // The UART, and INTA and INTB of the links.
    interrupts: [devices.uart1.interrupt, 185, 186],
  }) satisfies CellSpec;

const cellsIn = (place: Block) => ({ "rpi4-inmate-demo": inmateDemo(place), "rpi4-linux-demo": linuxDemo(place) });

export const cells = cellsIn(block);
export const rtCells = cellsIn(rtBlock);
