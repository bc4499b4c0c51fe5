/** The stock cells. */
import { io, ram } from "../define/regions.ts";
import type { CellSpec } from "../define/specs.ts";
import { devices } from "../soc-allwinner/h3-a64.ts";
import { demo, network } from "./memory-map.ts";

/** UART0 to UART3; the first is everybody's. */
const uarts = io({ address: devices.uart0.address, size: "4K" }, "rootshared");

/** GPIO port A, of which inmate-demo may take a pin. */
export const portA = { address: devices.pio.address, size: 0x24 };

const inmateDemo = {
  cpus: [1],
  ram: { physical: 0x4f600000, size: "64K" },
  memory: [io(portA, "io32"), uarts],
  ivshmem: [{ link: demo, id: 1 }],
  pciInterrupt: 157,
  // INTA of the link.
  interrupts: [157],
} satisfies CellSpec;

const linuxDemo = {
  cpus: [2, 3],
  flags: ["passive-commreg", "virtual-console-permitted"],
  memory: [
    uarts,
    ram({ address: 0, physical: 0x4f610000, size: "64K" }, "loadable"),
    ram({ address: 0x48000000, size: "118M" }, "dma", "loadable"),
  ],
  ivshmem: [
    { link: demo, id: 2 },
    { link: network, id: 1 },
  ],
  pciInterrupt: 155,
  // The UART, and INTA and INTB of the links.
  interrupts: [devices.uart0.interrupt, 155, 156],
} satisfies CellSpec;

export const cells = { "orangepi0-inmate-demo": inmateDemo, "orangepi0-linux-demo": linuxDemo } as const;
