/**
 * Marvell Armada 8040: an AP806 with the CPUs at 0xf0000000 and two CP110 with the network and storage at 0xf2000000
 * and 0xf4000000; names as in Linux' armada-ap80x.dtsi and armada-cp11x.dtsi.
 */
import type { Device } from "../define/specs.ts";

/** Interrupts are GIC interrupt IDs: SPI n is ID n + 32. Those of the CP110s come as messages and have no number here. */
export const devices = {
  gicd: { address: 0xf0210000n, size: 0x1000n },
  // GIC-400 with 64 KiB pages shows each 4 KiB page sixteen times: the last copy of the first adjoins the second page.
  gicc: { address: 0xf022f000n, size: 0x2000n },
  gich: { address: 0xf0240000n, size: 0x2000n },
  gicv: { address: 0xf026f000n, size: 0x2000n },
  "gic-v2m": { address: 0xf0280000n, size: 0x40000n },
  odmi: { address: 0xf0300000n, size: 0x10000n },
  i2c0: { address: 0xf0511000n, size: 0x20n, interrupt: 52 },
  uart0: { address: 0xf0512000n, size: 0x100n, interrupt: 51 },
  uart1: { address: 0xf0512100n, size: 0x100n, interrupt: 61 },
  "ap-sdhci0": { address: 0xf06e0000n, size: 0x300n, interrupt: 48 },
  // Clocks and pins of the AP806.
  "ap-syscon0": { address: 0xf06f4000n, size: 0x2000n },
  cp0: { address: 0xf2000000n, size: 0x2000000n },
  cp1: { address: 0xf4000000n, size: 0x2000000n },
  // The first port's memory and, behind it, its configuration space.
  "cp0-pcie0-mmio": { address: 0xf6000000n, size: 0x1000000n },
} satisfies Record<string, Device>;
