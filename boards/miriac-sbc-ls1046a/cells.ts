/**
 * The stock cells, and how the 2 GiB of RAM in the lower bank is shared out:
 *
 *     0x80000000     1 GiB  Linux in the root cell
 *     0xc0000000     4 MiB  the hypervisor
 *     0xc0400000     1 MiB  shared by root and linux-demo: network; 64 KiB at its beginning: inmate-demo
 *     0xc0500000  1019 MiB  linux-demo
 */

import { networkLink } from "../define/links.ts";
import { io } from "../define/regions.ts";
import type { CellSpec } from "../define/specs.ts";
import { devices } from "../soc-layerscape/chassis2.ts";
import { secondEntry } from "../soc-layerscape/chassis2-cells.ts";
import { linuxMemory } from "../soc-nxp/cells.ts";

export const hypervisorMemory = { physical: 0xc0000000, size: "4M" };
/** In a gap of the SoC's registers; Linux chooses the domain. */
export const virtualPci = { mmconfigBase: 0x13000000, virtual: true, domain: 0xffff };
export const network = networkLink(0xc0400000, 1);
export const cellRam = { address: 0xc0500000, size: 0x3fb00000 };

const loaderSize = 0x10000;
const uart = io({ address: devices.duart1.address, size: "4K" }, "rootshared");

const inmateDemo = {
  name: "inmate-demo",
  cpus: [3],
  memory: [uart],
  ram: { physical: 0xc0400000, size: "64K" },
} satisfies CellSpec;

const linuxDemo = {
  name: "linux-demo",
  cpus: [2, 3],
  flags: ["passive-commreg", "virtual-console-permitted"],
  // Domain 0 while root has it in domain 1: the hypervisor connects devices of equal bus, device and function.
  ivshmem: [{ link: network, id: 1, domain: 0 }],
  memory: [uart, ...linuxMemory(cellRam.address, cellRam.address + loaderSize, cellRam.size - loaderSize)],
  pciInterrupt: 106,
  // SPI 22 (the reference does not say what for), the UART, INTA to INTD.
  interrupts: [54, devices.duart1.interrupt, 106, 107, 108, 109],
  ...secondEntry,
} satisfies CellSpec;

export const cells = {
  "miriac-sbc-ls1046a-inmate-demo": inmateDemo,
  "miriac-sbc-ls1046a-linux-demo": linuxDemo,
} as const;
