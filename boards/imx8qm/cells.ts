/**
 * The stock cells, and how the 6 GiB of RAM is shared out:
 *
 *     0x080200000  1525 MiB  Linux in the root cell; the firmware has the two MiB below
 *     0x0df700000   480 MiB  linux-demo; 64 KiB at its beginning: inmate-demo
 *     0x0fd700000     2 MiB  the virtual PCI host controller and its devices' BARs
 *     0x0fd900000    56 KiB  shared by all cells: ivshmem-demo
 *     0x0fda00000     1 MiB  shared by root and linux-demo: network
 *     0x0fdb00000    64 KiB  linux-demo: Linux' loader
 *     0x0fdb10000   960 KiB  free: inmates with more RAM than the demo cell has
 *     0x0fdc00000     4 MiB  the hypervisor
 *     0x0fe000000    32 MiB  the secure firmware, of which Linux shares a part
 *     0x880000000     4 GiB  Linux in the root cell, unless mem= takes it away
 */
import { range } from "../define/checks.ts";
import { networkLink } from "../define/links.ts";
import { io, ram } from "../define/regions.ts";
import type { CellSpec, Device, MemorySpec } from "../define/specs.ts";
import * as soc from "../soc-imx8/imx8q.ts";
import { demoLink, linuxEnds, linuxMemory, inmateDemo as pattern } from "../soc-nxp/cells.ts";

export const devices = {
  ...soc.devices,
  // GIC interrupt IDs: SPI n is ID n + 32.
  lpuart2: { ...soc.devices.lpuart2, interrupt: 379 },
  "lpuart2-lpcg": { address: 0x5a480000n, size: 0x1000n },
  usdhc1: { ...soc.devices.usdhc1, interrupt: 264 },
  "usdhc1-lpcg": { address: 0x5b200000n, size: 0x10000n },
  "lsio-mu2": { ...soc.devices["lsio-mu2"], interrupt: 210 },
  smmu: { address: 0x51400000n, size: 0x40000n },
} satisfies Record<string, Device>;

export const hypervisorMemory = { physical: 0xfdc00000, size: "4M" };
export const demo = demoLink(0xfd900000, 3);
export const network = networkLink(0xfda00000);
/** What the loader leaves of the megabyte that is reserved for it. */
export const inmateMemory = { physical: 0xfdb10000, size: 0xf0000 };

const cellRam = { address: 0xdf700000, size: "480M" };

export const rootRam: readonly MemorySpec[] = [
  ram({ address: 0x80200000, size: "1525M" }),
  { ...cellRam, flags: ["read", "write"] },
  ram({ address: 0xfdb00000, size: "1M" }),
  { address: 0xfe000000, size: "32M", flags: ["read", "write"] },
  ram({ address: 0x880000000, size: "4G" }),
];

/** To the SMMU, a device's id comes with bits that are not the device's: these are ignored. */
export function streamIds(...ids: readonly number[]): number[] {
  return ids.map((id) => 0x7f8 * 0x10000 + id);
}

const inmateDemo = {
  ...pattern({ cpu: 3, link: demo, uart: devices.lpuart0, ram: cellRam.address, pciInterrupt: 122 }),
  irqchips: [{ pinBase: 96, pins: [122] }],
} satisfies CellSpec;

const [loader, linuxRam] = linuxMemory(0xfdb00000, cellRam.address, 0x1e000000) as [MemorySpec, MemorySpec];

const linuxDemo = {
  // The two that are left of the first cluster.
  cpus: [2, 3],
  console: "none",
  ivshmem: linuxEnds(demo, network),
  memory: [
    io(devices.lpuart0, "rootshared"),
    // Its console and the eMMC with the gates of their clocks, and its way to the system controller.
    io(devices.lpuart2),
    io(devices["lpuart2-lpcg"]),
    io(devices.usdhc1),
    io(devices["usdhc1-lpcg"]),
    io(devices["lsio-mu2"]),
    linuxRam,
    loader,
  ],
  pciInterrupt: 156,
  irqchips: [
    { pinBase: 128, pins: range(156, 159) },
    { pinBase: 192, pins: [devices["lsio-mu2"].interrupt] },
    { pinBase: 256, pins: [devices.usdhc1.interrupt] },
    { pinBase: 352, pins: [devices.lpuart2.interrupt] },
  ],
  // The eMMC's DMA.
  streamIds: streamIds(0x10),
} satisfies CellSpec;

export const cells = { "imx8qm-inmate-demo": inmateDemo, "imx8qm-linux-demo": linuxDemo } as const;
