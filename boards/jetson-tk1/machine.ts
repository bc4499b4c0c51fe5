/**
 * NVIDIA Tegra K1 (Tegra K1 TRM, "Address Map"). The 2 GiB of RAM:
 *
 *     0x80000000  1920 MiB  Linux in the root cell (booted with mem=1920M)
 *     0xe8000000  ~239 MiB  linux-demo: inside Linux' unless that is booted with mem=1664M
 *     0xf8000000   ~63 MiB  free: inmates with more RAM than the demo cell has
 *     0xfbef0000    64 KiB  inmate-demo, or linux-demo's loader
 *     0xfbf00000     1 MiB  shared by root and linux-demo: network
 *     0xfc000000    63 MiB  the hypervisor
 *     0xfff00000     1 MiB  PSCI in the secure world
 */

import { networkLink } from "../define/links.ts";
import { io, ram } from "../define/regions.ts";
import type { Device, MemorySpec } from "../define/specs.ts";
import { gicDevices, rootDomain, uartPage, uarts } from "../soc-tegra/tegra.ts";

export const inmateMemory = { physical: 0xf8000000, size: 0x3ef0000 };
export const network = networkLink(0xfbf00000, rootDomain);
export const hypervisorMemory = { physical: 0xfc000000, size: "63M" };

/** As much of the devices as root gets, in the file's order. Interrupts are GIC interrupt IDs. */
const beforeUarts = {
  pcie: { address: 0x1000000n, size: 0x3f000000n, interrupt: 130 },
  // The first registers of the channels and of the two display controllers.
  host1x: { address: 0x50000000n, size: 0x4000n, interrupt: 97 },
  "display-a": { address: 0x54200000n, size: 0x4000n, interrupt: 105 },
  "display-b": { address: 0x54240000n, size: 0x4000n, interrupt: 106 },
  hdmi: { address: 0x54280000n, size: 0x4000n, interrupt: 107 },
  gpu: { address: 0x57000000n, size: 0x2000000n, interrupt: 189 },
  // Arbitration, legacy interrupt controller, timers, clock and reset.
  "ictlr-tmr-car": { address: 0x60002000n, size: 0x5000n, interrupt: 32 },
  gpio: { address: 0x6000d000n, size: 0x1000n, interrupt: 64 },
} satisfies Record<string, Device>;

/** Chip identification and straps; less than a page. */
const apbMisc: Device = { address: 0x70000800n, size: 0x100n };

const behindUarts = {
  "i2c1-4": { address: 0x7000c000n, size: 0x1000n, interrupt: 70 },
  "i2c5-6-spi": { address: 0x7000d000n, size: 0x1000n, interrupt: 85 },
  "rtc-pmc": { address: 0x7000e000n, size: 0x1000n, interrupt: 34 },
  mc: { address: 0x70019000n, size: 0x1000n, interrupt: 109 },
  "xusb-host": { address: 0x70090000n, size: 0xa000n, interrupt: 71 },
  "xusb-padctl": { address: 0x7009f000n, size: 0x1000n },
  sdmmc: { address: 0x700b0000n, size: 0x1000n, interrupt: 46 },
  "xusb-dev": { address: 0x700d0000n, size: 0xa000n },
  dfll: { address: 0x70110000n, size: 0x1000n, interrupt: 94 },
  "usb2-3": { address: 0x7d004000n, size: 0x8000n, interrupt: 53 },
} satisfies Record<string, Device>;

export const devices = { ...beforeUarts, "apb-misc": apbMisc, ...uarts, ...behindUarts, ...gicDevices };

export const rootMemory: MemorySpec[] = [
  ...Object.values(beforeUarts).map((device) => io(device)),
  io(apbMisc, "io32"),
  io(uartPage),
  ...Object.values(behindUarts).map((device) => io(device)),
  ram({ address: 0x80000000, size: "1984M" }),
];
