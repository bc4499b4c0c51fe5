/** The stock cells. */
import { io, ram } from "../define/regions.ts";
import type { CellSpec } from "../define/specs.ts";
import { devices, networkLink } from "./machine.ts";

const uart = io(devices.uart3, "rootshared");

const inmateDemo = {
  name: "inmate-demo",
  // The first CPU of the second cluster.
  cpus: [4],
  // Inside linux-demo's output section of the network: the reference has it so.
  ram: { physical: 0x7bfe0000, size: "64K" },
  memory: [uart],
} satisfies CellSpec;

const linuxDemo = {
  name: "hikey-linux-demo",
  cpus: [6, 7],
  memory: [
    uart,
    ram({ address: 0, physical: 0x7bef0000, size: "64K" }, "loadable"),
    ram({ address: 0x74000000, size: 0x7ef0000 }, "dma", "loadable"),
  ],
  // Domain 0 while root has it in domain 1: the hypervisor connects devices of equal bus, device and function.
  ivshmem: [{ link: networkLink, id: 1, domain: 0 }],
  pciInterrupt: 143,
  // The UART, and INTB: device 1 of the bus has the second.
  interrupts: [devices.uart3.interrupt, 144],
} satisfies CellSpec;

export const cells = { "hikey-inmate-demo": inmateDemo, "hikey-linux-demo": linuxDemo } as const;
