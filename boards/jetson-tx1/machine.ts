/**
 * NVIDIA Tegra X1 (Tegra X1 TRM, "Address Map"; names as there). The 4 GiB of RAM:
 *
 *     0x080000000  3968 MiB  Linux in the root cell (booted with mem=3968M)
 *     0x161200000  ~429 MiB  linux-demo: inside Linux' unless that is booted with mem=3584M
 *     0x17bef0000    64 KiB  inmate-demo, or linux-demo's loader
 *     0x17bf00000     1 MiB  shared by root and linux-demo: network
 *     0x17c000000    64 MiB  the hypervisor
 */

import { networkLink } from "../define/links.ts";
import { io, ram } from "../define/regions.ts";
import type { Device, MemorySpec } from "../define/specs.ts";
import { gicDevices, rootDomain, uartPage, uarts } from "../soc-tegra/tegra.ts";

export const network = networkLink(0x17bf00000, rootDomain);
export const hypervisorMemory = { physical: 0x17c000000, size: "64M" };

/** What root gets, in the file's order. Interrupts are GIC interrupt IDs: SPI n is ID n + 32. */
const beforeUarts = {
  "ape-private": { address: 0n, size: 0xd00000n },
  pcie: { address: 0x1000000n, size: 0x3f000000n, interrupt: 130 },
  iram: { address: 0x40000000n, size: 0x1000000n },
  host1x: { address: 0x50000000n, size: 0x40000n, interrupt: 97 },
  // Display, camera and codecs, behind host1x.
  "host1x-clients": { address: 0x54000000n, size: 0x1000000n },
  gpu: { address: 0x57000000n, size: 0x9000000n, interrupt: 189 },
  semaphores: { address: 0x60000000n, size: 0x4000n },
  ictlr: { address: 0x60004000n, size: 0x1000n },
  tmr: { address: 0x60005000n, size: 0x1000n, interrupt: 32 },
  car: { address: 0x60006000n, size: 0x1000n },
  "flow-controller": { address: 0x60007000n, size: 0x1000n },
  "ahb-dma": { address: 0x60008000n, size: 0x2000n },
  // And secure boot and the activity monitor.
  "system-registers": { address: 0x6000c000n, size: 0x1000n, interrupt: 77 },
  "gpio-evp": { address: 0x6000d000n, size: 0x2000n, interrupt: 64 },
  ipatch: { address: 0x60010000n, size: 0x10000n },
  "apb-dma": { address: 0x60020000n, size: 0x5000n, interrupt: 136 },
  "apb-misc": { address: 0x70000000n, size: 0x4000n },
} satisfies Record<string, Device>;

const behindUarts = {
  pwm: { address: 0x7000a000n, size: 0x1000n },
  "i2c-spi": { address: 0x7000c000n, size: 0x2000n, interrupt: 70 },
  "rtc-pmc-fuse": { address: 0x7000e000n, size: 0x2000n, interrupt: 34 },
  // Process sensors and CEC.
  sensors: { address: 0x70010000n, size: 0x8000n, interrupt: 35 },
  "mc-emc": { address: 0x70019000n, size: 0x7000n, interrupt: 109 },
  sata: { address: 0x70020000n, size: 0x10000n, interrupt: 55 },
  hda: { address: 0x70030000n, size: 0x10000n, interrupt: 113 },
  "cluster-clock": { address: 0x70040000n, size: 0x40000n },
  xusb: { address: 0x70090000n, size: 0x10000n, interrupt: 71 },
  dds: { address: 0x700a0000n, size: 0x2000n },
  sdmmc: { address: 0x700b0000n, size: 0x5000n, interrupt: 46 },
  speedo: { address: 0x700c0000n, size: 0x8000n },
  "dp2-apb2jtag": { address: 0x700e0000n, size: 0x2000n },
  "soc-therm": { address: 0x700e2000n, size: 0x1000n, interrupt: 80 },
  // Less than a page and without a width of access: the hypervisor lets none through.
  "mipi-cal": { address: 0x700e3000n, size: 0x100n },
  sysctr0: { address: 0x700f0000n, size: 0x10000n },
  sysctr1: { address: 0x70100000n, size: 0x10000n },
  dvfs: { address: 0x70110000n, size: 0x1000n, interrupt: 94 },
  // Audio: AHUB, ADMA, AGIC.
  ape: { address: 0x702c0000n, size: 0x40000n },
  qspi: { address: 0x70410000n, size: 0x1000n, interrupt: 42 },
  "stm-csite": { address: 0x71000000n, size: 0x2000000n },
  "ahb-a1": { address: 0x78000000n, size: 0x1000000n },
  // USB among them.
  "ahb-a2": { address: 0x7c000000n, size: 0x2000000n, interrupt: 52 },
} satisfies Record<string, Device>;

export const devices = { ...beforeUarts, ...uarts, ...behindUarts, ...gicDevices };

export const rootMemory: MemorySpec[] = [
  ...Object.values(beforeUarts).map((device) => io(device)),
  io(uartPage),
  ...Object.values(behindUarts).map((device) => io(device)),
  ram({ address: 0x80000000, size: "4032M" }),
];
