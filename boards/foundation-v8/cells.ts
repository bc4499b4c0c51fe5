/** The stock cells. Each has a UART to itself and sees it where the first one is. */
import { io, ram } from "../define/regions.ts";
import type { CellSpec } from "../define/specs.ts";
import { devices } from "./machine.ts";

const inmateDemo = {
  name: "inmate-demo",
  cpus: [1],
  ram: { physical: 0xfbfe0000, size: "64K" },
  // As far as the next UART.
  memory: [io({ address: devices.uart0.address, physical: devices.uart1.address, size: "64K" })],
} satisfies CellSpec;

const linuxDemo = {
  name: "linux-inmate-demo",
  cpus: [2, 3],
  memory: [
    io({ address: devices.uart0.address, physical: devices.uart3.address, size: "4K" }),
    ram({ address: 0, physical: 0x880000000, size: "256M" }, "loadable"),
  ],
  interrupts: [devices.uart3.interrupt],
} satisfies CellSpec;

export const cells = { "foundation-v8-inmate-demo": inmateDemo, "foundation-v8-linux-demo": linuxDemo } as const;
