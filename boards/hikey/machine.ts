/** HiSilicon Kirin 620 (Hi6220); names as in Linux' hi6220.dtsi. */
import { cable } from "../define/links.ts";
import type { Device } from "../define/specs.ts";

/** Interrupts are GIC interrupt IDs: SPI n is ID n + 32. */
export const devices = {
  // Display controller and MIPI DSI.
  ade: { address: 0xf4100000n, size: 0x7800n, interrupt: 147 },
  dsi: { address: 0xf4107800n, size: 0x100n },
  gicd: { address: 0xf6801000n, size: 0x1000n },
  gicc: { address: 0xf6802000n, size: 0x2000n },
  gich: { address: 0xf6804000n, size: 0x2000n },
  gicv: { address: 0xf6806000n, size: 0x2000n },
  "sys-ctrl": { address: 0xf7030000n, size: 0x2000n },
  uart1: { address: 0xf7111000n, size: 0x1000n, interrupt: 69 },
  uart2: { address: 0xf7112000n, size: 0x1000n, interrupt: 70 },
  // The one on the low-speed connector that Linux uses.
  uart3: { address: 0xf7113000n, size: 0x1000n, interrupt: 71 },
  dwmmc0: { address: 0xf723d000n, size: 0x1000n },
  dwmmc1: { address: 0xf723e000n, size: 0x1000n },
  usb: { address: 0xf72c0000n, size: 0x40000n, interrupt: 109 },
  mailbox: { address: 0xf7510000n, size: 0x1000n, interrupt: 126 },
  // Always on.
  "ao-ctrl": { address: 0xf7800000n, size: 0x2000n },
  watchdog0: { address: 0xf8005000n, size: 0x1000n, interrupt: 45 },
  gpio0: { address: 0xf8011000n, size: 0x1000n, interrupt: 84 },
  uart0: { address: 0xf8015000n, size: 0x1000n, interrupt: 68 },
  sram: { address: 0xfff80000n, size: 0x12000n },
} satisfies Record<string, Device>;

/**
 * How the 2 GiB of RAM are shared out:
 *
 *     0x00000000  1820 MiB  Linux in the root cell (booted with mem=1820M)
 *     0x72000000    32 MiB  free: inmates with more RAM than the demo cell has
 *     0x74000000  ~127 MiB  linux-demo
 *     0x7bef0000    64 KiB  linux-demo: Linux' loader
 *     0x7bf00000     1 MiB  shared by root and linux-demo: network
 *     0x7bfe0000    64 KiB  inmate-demo: at the end of the network's
 *     0x7c000000    64 MiB  the hypervisor
 */
export const hypervisorMemory = { physical: 0x7c000000, size: "64M" };
/** 4 MiB above mem=, which counts RAM: the SoC's has holes for its firmware, so Linux ends a little higher. */
export const inmateMemory = { physical: 0x72000000, size: "32M" };

/** The hypervisor's own PCI host controller, in a gap of the SoC's map; the links stand in domain 1 all the same. */
export const virtualPci = { mmconfigBase: 0xf6000000, virtual: true, domain: 0 };

/** A network cable: root is peer 0, linux-demo 1. */
export const networkLink = cable("00:01.0", 1, 0x7bf00000);
