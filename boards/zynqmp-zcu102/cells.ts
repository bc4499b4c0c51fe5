/** The stock cells, and what is different about them in the real-time fork. */
import { io, ram } from "../define/regions.ts";
import type { CellSpec, MemorySpec } from "../define/specs.ts";
import { devices } from "../soc-zynqmp/zynqmp.ts";
import { cellsLink, rootLinks, rtInmates } from "./memory-map.ts";

/** The cells' UART, which root has too. */
export const uart = io(devices.uart1, "rootshared");

const [toLinuxDemo, toLinuxDemo2] = rootLinks;

const inmateDemo = {
  name: "inmate-demo",
  cpus: [3],
  ram: { physical: 0x800600000, size: "64K" },
  memory: [uart],
} satisfies CellSpec;

/** @param loader physical address of Linux' loader, which starts the kernel in the RAM behind it */
const linuxMemory = (loader: number, size: string): MemorySpec[] => [
  uart,
  ram({ address: 0, physical: loader, size: "64K" }, "loadable"),
  ram({ address: 0x810000000, size }, "dma", "loadable"),
];

const linuxDemo = {
  name: "ZynqMP-linux-demo",
  cpus: [2, 3],
  memory: linuxMemory(0x800600000, "128M"),
  ivshmem: [
    // Domain 0 while root has it in domain 1: the hypervisor connects devices of equal bus, device and function.
    { link: toLinuxDemo, id: 1, domain: 0 },
    { link: cellsLink, id: 0 },
  ],
  pciInterrupt: 140,
  // The UART, and of the bus INTB and INTD: those of devices 1 and 3.
  interrupts: [devices.uart1.interrupt, 141, 143],
} satisfies CellSpec;

/** A Linux without a UART: it prints by the hypervisor. */
const linuxDemo2 = {
  name: "ZynqMP-linux-demo-2",
  cpus: [1],
  flags: ["passive-commreg", "virtual-console-permitted"],
  memory: [
    ram({ address: 0, physical: 0x800610000, size: "64K" }, "loadable"),
    ram({ address: 0x809000000, size: "112M" }, "dma", "loadable"),
  ],
  ivshmem: [
    { link: toLinuxDemo2, id: 1, domain: 0 },
    { link: cellsLink, id: 1 },
  ],
  pciInterrupt: 144,
  // INTC and INTD: those of devices 2 and 3. On the SoC they are PCIe's MSIs, so root's PCIe does without.
  interrupts: [146, 147],
} satisfies CellSpec;

export const cells = {
  "zynqmp-zcu102-inmate-demo": inmateDemo,
  "zynqmp-zcu102-linux-demo": linuxDemo,
  "zynqmp-zcu102-linux-demo-2": linuxDemo2,
} as const;

export const rtChanges = {
  "zynqmp-zcu102-inmate-demo": { ram: { physical: rtInmates, size: "64K" } },
  // All RAM up to 256 MiB below its end: more than the reservation of Linux' device tree.
  "zynqmp-zcu102-linux-demo": { memory: linuxMemory(rtInmates, "1536M") },
} satisfies Partial<Record<keyof typeof cells, CellSpec>>;
