/** The stock cells. */
import { io, ram } from "../define/regions.ts";
import type { CellSpec } from "../define/specs.ts";
import { devices } from "./machine.ts";
import { cellRam, dram1, sharedPage } from "./memory-map.ts";

const uart = io(devices.linflex0, "rootshared");

/** Neither address nor size is one of pages and no access width is let through: whoever touches it is stopped. */
const trap = { address: 0xface, physical: sharedPage, size: "4K" };

const image = ram({ address: 0, physical: cellRam.address, size: cellRam.size }, "loadable");

const uartDemo = {
  name: "uart-demo",
  cpus: [3],
  memory: [uart, ram(trap, "loadable"), image],
} satisfies CellSpec;

/** It samples the counters of the memory controllers into the second bank of RAM, where Linux reads them. */
const prof = {
  name: "S32 DRAM Profiler",
  cpus: [3],
  memory: [
    uart,
    io(devices.mmdc0, "rootshared"),
    io(devices.mmdc1, "rootshared"),
    { ...trap, flags: ["read", "write"] },
    image,
    io({ address: 0x50000000, physical: dram1.address, size: dram1.size }, "rootshared"),
  ],
} satisfies CellSpec;

export const cells = { "s32v234sbc-uart-demo": uartDemo, "s32v234sbc-prof": prof } as const;
