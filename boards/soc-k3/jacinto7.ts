/** What J7200 and J721E have in common, and how their stock cells share out the memory. */
import { range } from "../define/checks.ts";
import { io, ram } from "../define/regions.ts";
import type { CellSpec, Device, MemorySpec } from "../define/specs.ts";
import { gic500, links, mainUartDivider, secureProxy, uart, virtualPci } from "./k3.ts";

export const { gic, devices: gicDevices } = gic500(0x1900000n, 2);

/** Devices that single cells get, in the main domain. Interrupts are GIC interrupt IDs: SPI n is ID n + 32. */
export const devices = {
  ...gicDevices,
  gpio2: { address: 0x610000n, size: 0x1000n },
  gpio3: { address: 0x611000n, size: 0x1000n },
  "main-uart0": { address: 0x2800000n, size: 0x1000n, interrupt: 224 },
  "main-uart1": { address: 0x2810000n, size: 0x1000n, interrupt: 225 },
  sdhci0: { address: 0x4f80000n, size: 0x1000n, interrupt: 35 },
  "sdhci0-subsystem": { address: 0x4f88000n, size: 0x1000n },
  ...secureProxy,
} satisfies Record<string, Device>;

/** Windows of the bus that both SoCs have, in groups that the root cells have behind each other. */
export const windows = {
  system: {
    "ctrl-mmr": { address: 0x100000n, size: 0x20000n },
    gpio: { address: 0x600000n, size: 0x32000n },
    // Where AM65x has its SerDes; the references of the later SoCs kept it.
    serdes: { address: 0x900000n, size: 0x12000n },
    "timesync-router": { address: 0xa40000n, size: 0x1000n },
  },
  // The DSP's, in J7200's reference too, which has no DSP.
  dsp: { c71: { address: 0x64800000n, size: 0x800000n } },
  mcu: {
    "mcu-navss": { address: 0x28380000n, size: 0x3880000n },
    "mcu-peripherals": { address: 0x40200000n, size: 0x999000n },
    "mcu-ctrl-mmr": { address: 0x40f00000n, size: 0x20000n },
    "mcu-r5f-core0": { address: 0x41000000n, size: 0x20000n },
    "mcu-r5f-core1": { address: 0x41400000n, size: 0x20000n },
  },
  mcuSram: { "mcu-sram": { address: 0x41c00000n, size: 0x100000n } },
  mcuHigh: {
    "mcu-cpsw": { address: 0x46000000n, size: 0x200000n },
    "ospi-registers": { address: 0x47000000n, size: 0x69000n },
  },
  flash: { "flash-low": { address: 0x50000000n, size: 0x10000000n } },
};

/** The memory of each: cached, and reached by DMA. */
export function dma(named: Readonly<Record<string, Device>>): MemorySpec[] {
  return Object.values(named).map(({ address, size }) => ({ address, size, flags: ["read", "write", "dma"] }));
}

export const consoles = {
  // The UART is off out of reset until its mode register MDR1 is written.
  debug: uart(devices["main-uart0"], { size: "4K", flags: ["mdr-quirk"] }),
  inmate: uart(devices["main-uart1"], { divider: mainUartDivider, flags: ["mdr-quirk"] }),
};

/**
 * The memory above 4 GiB; Linux in the root cell has the 2 GiB below.
 *
 *     0x880000000   506 MiB  Linux in the root cell
 *     0x89fa00000     4 MiB  the hypervisor
 *     0x89fe00000   256 KiB  shared by root and one cell: ivshmem-demo
 *     0x89fe40000     1 MiB  shared by root and linux-demo: network
 *     0x89ff40000    64 KiB  inmate-demo, or linux-demo's loader
 *     0x8a0000000  1536 MiB  linux-demo, or inmates with more RAM than the demo cell has
 */
export const hypervisorMemory = { physical: 0x89fa00000, size: "4M" };
export const inmateMemory = { physical: 0x8a0000000, size: "1536M" };
export const loader = { address: 0, physical: 0x89ff40000, size: "64K" };

/** Root's RAM; what root does not have, it cannot load: `loaders` are the cells' regions below `inmateMemory`. */
export function rootRam(loaders: { address: number; size: string }): MemorySpec[] {
  return [
    ram({ address: 0x80000000, size: "2G" }, "dma", "loadable"),
    ram({ address: 0x880000000, size: "506M" }, "dma", "loadable"),
    ram(loaders, "loadable"),
    ram({ address: 0x8a0000000, size: "1536M" }, "loadable"),
  ];
}

export const pci = { ...virtualPci, domain: 4 };
export const { demoLink, networkLink, rootLinks } = links({
  demo: 0x89fe00000,
  peers: 2,
  network: 0x89fe40000,
  domain: 4,
});

/** One of the main domain's peripheral virtualization units. */
export const pvu = (number: number) => ({
  type: "pvu" as const,
  base: 0x30f80000 + number * 0x1000,
  size: "4K",
  pvu: { tlbBase: 0x36000000 + number * 0x40000, tlbSize: "256K" },
});

/** INTA of the virtual PCI bus, in the root cell and in the others. */
export const rootIntA = 191;
export const cellIntA = 195;

/** The first 24 outputs of the GPIO interrupt router. */
export const gpioInterrupts = range(424, 447);

export const inmateDemo = {
  cpus: [1],
  ram: { physical: loader.physical, size: loader.size },
  memory: [io({ address: devices["main-uart1"].address, size: "64K" })],
  ivshmem: [{ link: demoLink, id: 1 }],
  pciInterrupt: cellIntA,
  interrupts: [cellIntA],
} satisfies CellSpec;

export const linuxDemo = {
  cpus: [1],
  // Linux writes the UART's mode register itself.
  console: uart(devices["main-uart1"], { divider: mainUartDivider }),
  ivshmem: [
    { link: demoLink, id: 1 },
    { link: networkLink, id: 1 },
  ],
  pciInterrupt: cellIntA,
} satisfies CellSpec;

export const linuxRam = ram({ address: inmateMemory.physical, size: inmateMemory.size }, "dma", "loadable");

export const notes = [
  "The device tree must keep Linux off the memory from 0x89fa00000 on; no kernel argument does.",
  "The inmates' UART is MAIN UART1; it needs its mode register written, which no command-line parameter asks for.",
  "Two CPUs: one for root, one for a cell, so inmate-demo and linux-demo do not run together.",
  "An inmate with more RAM than the demo cell gets it where linux-demo's is.",
];
