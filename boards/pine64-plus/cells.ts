/** The stock cells. */
import { io, ram } from "../define/regions.ts";
import type { CellSpec } from "../define/specs.ts";
import { devices } from "../soc-allwinner/h3-a64.ts";
import { demo, network } from "./memory-map.ts";

const inmateDemo = {
  name: "inmate-demo",
  cpus: [1],
  ram: { physical: 0xbbee1000, size: "64K" },
  // UART0 alone, whereas linux-demo has the page with UART0 to UART3.
  memory: [io(devices.uart0, "io32", "rootshared")],
  ivshmem: [{ link: demo, id: 1 }],
  pciInterrupt: 157,
  // INTA of the link.
  interrupts: [157],
} satisfies CellSpec;

const linuxDemo = {
  cpus: [2, 3],
  flags: ["passive-commreg", "virtual-console-permitted"],
  memory: [
    io({ address: devices.uart0.address, size: "4K" }, "rootshared"),
    ram({ address: 0, physical: 0xbb900000, size: "64K" }, "loadable"),
    ram({ address: 0xb0000000, size: "128M" }, "dma", "loadable"),
  ],
  ivshmem: [
    { link: demo, id: 2 },
    { link: network, id: 1 },
  ],
  pciInterrupt: 155,
  // The UART, and INTA and INTB of the links.
  interrupts: [devices.uart0.interrupt, 155, 156],
} satisfies CellSpec;

export const cells = { "pine64-plus-inmate-demo": inmateDemo, "pine64-plus-linux-demo": linuxDemo } as const;
