/**
 * Allwinner A20; names as in its User Manual, "Memory Mapping". The 1 GiB of RAM:
 *
 *     0x40000000  896 MiB  Linux in the root cell (booted with mem=896M)
 *     0x78000000  ~63 MiB  linux-demo
 *     0x7bef0000   64 KiB  linux-demo: Linux' loader
 *     0x7bf00000    1 MiB  shared by root and linux-demo: network
 *     0x7bfe0000   64 KiB  inmate-demo: in the network's memory, where root may only read
 *     0x7c000000   64 MiB  the hypervisor
 */

import { networkLink } from "../define/links.ts";
import type { Device } from "../define/specs.ts";
import { gicDevices } from "../soc-allwinner/sunxi.ts";

export const network = networkLink(0x7bf00000);
export const hypervisorMemory = { physical: 0x7c000000, size: "64M" };

/** Interrupts are GIC interrupt IDs: SPI n is ID n + 32. */
export const devices = {
  spi0: { address: 0x1c05000n, size: 0x1000n, interrupt: 42 },
  mmc0: { address: 0x1c0f000n, size: 0x1000n, interrupt: 64 },
  // Each an EHCI and, from 0x400, an OHCI (interrupts 96 and 97).
  usb1: { address: 0x1c14000n, size: 0x1000n, interrupt: 71 },
  sata: { address: 0x1c18000n, size: 0x1000n, interrupt: 88 },
  usb2: { address: 0x1c1c000n, size: 0x1000n, interrupt: 72 },
  ccu: { address: 0x1c20000n, size: 0x400n },
  intc: { address: 0x1c20400n, size: 0x400n },
  pio: { address: 0x1c20800n, size: 0x400n, interrupt: 60 },
  // Watchdog, RTC and PWM, too.
  timer: { address: 0x1c20c00n, size: 0x400n, interrupt: 54 },
  uart0: { address: 0x1c28000n, size: 0x400n, interrupt: 33 },
  uart7: { address: 0x1c29c00n, size: 0x400n, interrupt: 52 },
  gmac: { address: 0x1c50000n, size: 0x10000n, interrupt: 117 },
  hstimer: { address: 0x1c60000n, size: 0x1000n, interrupt: 113 },
  ...gicDevices,
} satisfies Record<string, Device>;

/** Bits 16 to 23 switch the clocks of UART0 to UART7 (A20 User Manual, CCU, "APB1 Module Clock Gating"). */
export const apb1Gates = { address: devices.ccu.address + 0x6cn, size: 4 };

/** The registers of `count` GPIO ports from port `first`, 0 for A. */
const ports = (first: number, count: number) => ({
  address: devices.pio.address + 0x24n * BigInt(first),
  size: 0x24 * count,
});

/** The port controller in parts, so that a cell can have port H. */
export const pio = {
  portsAToG: ports(0, 7),
  portH: ports(7, 1),
  portI: ports(8, 1),
  interrupts: { address: devices.pio.address + 0x200n, size: 0x1c },
};
