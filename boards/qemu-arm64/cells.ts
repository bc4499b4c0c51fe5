/** The stock cells. */
import type { CellSpec, MemorySpec } from "../define/specs.ts";
import { devices } from "./machine.ts";
import { demoLink, networkLink } from "./memory-map.ts";

/** The machine's only UART belongs to all. */
const uart: MemorySpec = {
  address: devices.pl011.address,
  size: devices.pl011.size,
  flags: ["read", "write", "io", "rootshared"],
};

export const inmateDemo = {
  name: "inmate-demo",
  cpus: [1],
  ram: { physical: 0x7fa00000, size: "64K" },
  memory: [uart],
  ivshmem: [{ link: demoLink, id: 1 }],
  pciInterrupt: 144,
  // INTA of the link.
  interrupts: [144],
} satisfies CellSpec;

const linuxDemo = {
  cpus: [2, 3],
  flags: ["passive-commreg", "virtual-console-permitted"],
  memory: [
    uart,
    // The loader, which starts the kernel in the RAM behind it.
    { address: 0, physical: 0x7f900000, size: "64K", flags: ["read", "write", "execute", "loadable"] },
    { address: 0x70000000, size: "128M", flags: ["read", "write", "execute", "dma", "loadable"] },
  ],
  ivshmem: [
    { link: demoLink, id: 2 },
    // Domain 0 while root has it in domain 1: the hypervisor connects devices of equal bus, device and function.
    { link: networkLink, id: 1, domain: 0 },
  ],
  pciInterrupt: 140,
  // The UART, and INTA and INTB of the links.
  interrupts: [devices.pl011.interrupt, 140, 141],
} satisfies CellSpec;

/** Linux' cell without the loader: it starts in its RAM. CPUs 0 and 1 are the reference's, though root boots on CPU 0. */
const zephyrDemo = {
  extend: "qemu-arm64-linux-demo",
  cpus: [0, 1],
  resetAddress: 0x70000000,
} as const;

export const cells = {
  "qemu-arm64-inmate-demo": inmateDemo,
  "qemu-arm64-linux-demo": linuxDemo,
  "qemu-arm64-zephyr-demo": zephyrDemo,
} as const;
