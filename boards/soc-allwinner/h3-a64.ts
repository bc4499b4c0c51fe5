/**
 * H2+ (an H3 without 4K video) and A64 are of one generation: these devices are in both, at the same addresses. Names
 * as in the User Manuals; "r_" devices are in the always-on domain. Interrupts are GIC interrupt IDs.
 */
import type { Device } from "../define/specs.ts";
import { gicDevices } from "./sunxi.ts";

export const devices = {
  syscon: { address: 0x1c00000n, size: 0x1000n },
  dma: { address: 0x1c02000n, size: 0x1000n, interrupt: 82 },
  tcon0: { address: 0x1c0c000n, size: 0x1000n, interrupt: 118 },
  tcon1: { address: 0x1c0d000n, size: 0x1000n, interrupt: 119 },
  mmc0: { address: 0x1c0f000n, size: 0x1000n, interrupt: 92 },
  sid: { address: 0x1c14000n, size: 0x400n },
  "usb-otg": { address: 0x1c19000n, size: 0x400n, interrupt: 103 },
  usbphy: { address: 0x1c19400n, size: 0x14n },
  ehci0: { address: 0x1c1a000n, size: 0x100n, interrupt: 104 },
  ohci0: { address: 0x1c1a400n, size: 0x100n, interrupt: 105 },
  ehci1: { address: 0x1c1b000n, size: 0x100n, interrupt: 106 },
  ohci1: { address: 0x1c1b400n, size: 0x100n, interrupt: 107 },
  ccu: { address: 0x1c20000n, size: 0x400n },
  pio: { address: 0x1c20800n, size: 0x400n, interrupt: 43 },
  wdt0: { address: 0x1c20ca0n, size: 0x20n, interrupt: 57 },
  uart0: { address: 0x1c28000n, size: 0x400n, interrupt: 32 },
  i2c1: { address: 0x1c2b000n, size: 0x400n, interrupt: 39 },
  emac: { address: 0x1c30000n, size: 0x10000n, interrupt: 114 },
  mali: { address: 0x1c40000n, size: 0x10000n, interrupt: 129 },
  ...gicDevices,
  hdmi: { address: 0x1ee0000n, size: 0x10000n, interrupt: 120 },
  "hdmi-phy": { address: 0x1ef0000n, size: 0x10000n },
  rtc: { address: 0x1f00000n, size: 0x400n, interrupt: 72 },
  r_intc: { address: 0x1f00c00n, size: 0x400n, interrupt: 64 },
  r_ccu: { address: 0x1f01400n, size: 0x100n },
  r_pio: { address: 0x1f02c00n, size: 0x400n, interrupt: 77 },
  r_rsb: { address: 0x1f03400n, size: 0x400n, interrupt: 71 },
} satisfies Record<string, Device>;
