/** The stock cells. */
import { io, ram } from "../define/regions.ts";
import type { CellSpec } from "../define/specs.ts";
import { devices } from "../soc-zynqmp/zynqmp.ts";
import { demoLink, networkLink } from "./memory-map.ts";

const uart = io(devices.uart1, "rootshared");

const inmateDemo = {
  name: "inmate-demo",
  cpus: [1],
  ram: { physical: 0x7bfe0000, size: "64K" },
  memory: [uart],
  ivshmem: [{ link: demoLink, id: 1 }],
  pciInterrupt: 144,
  // INTA of the link; on the SoC it is the DDR controller's, which nobody uses.
  interrupts: [144],
} satisfies CellSpec;

const linuxDemo = {
  name: "Ultra96-linux-demo",
  cpus: [2, 3],
  memory: [
    uart,
    ram({ address: 0, physical: 0x7bef0000, size: "64K" }, "loadable"),
    ram({ address: 0x74000000, size: 0x7ef0000 }, "dma", "loadable"),
  ],
  ivshmem: [
    { link: demoLink, id: 2 },
    // Domain 0 while root has it in domain 1: the hypervisor connects devices of equal bus, device and function.
    { link: networkLink, id: 1, domain: 0 },
  ],
  pciInterrupt: 140,
  // The UART, and INTA and INTB of the links.
  interrupts: [devices.uart1.interrupt, 140, 141],
} satisfies CellSpec;

export const cells = { "ultra96-inmate-demo": inmateDemo, "ultra96-linux-demo": linuxDemo } as const;
