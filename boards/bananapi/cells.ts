/** The stock cells. */
import { io, ram } from "../define/regions.ts";
import type { CellSpec } from "../define/specs.ts";
import { apb1Gates, devices, network, pio } from "./machine.ts";

const inmateDemo = {
  cpus: [1],
  ram: { physical: 0x7bfe0000, size: "64K" },
  memory: [
    // All of the clock controller, for the UART's gate.
    io(devices.ccu, "io32"),
    io(pio.portH, "io32"),
    // UART4 to UART7.
    io({ address: 0x1c29000, size: "4K" }),
  ],
} satisfies CellSpec;

const linuxDemo = {
  cpus: [1],
  memory: [
    io(apb1Gates, "io32"),
    io(devices.uart7, "io32"),
    ram({ address: 0, physical: 0x7bef0000, size: "64K" }, "loadable"),
    ram({ address: 0x78000000, size: 0x3ef0000 }, "dma", "loadable"),
  ],
  ivshmem: [{ link: network, id: 1 }],
  pciInterrupt: 155,
  // The UART, and INTB: device 1 of the bus has the second.
  interrupts: [devices.uart7.interrupt, 156],
} satisfies CellSpec;

export const cells = { "bananapi-inmate-demo": inmateDemo, "bananapi-linux-demo": linuxDemo } as const;
