/**
 * Broadcom BCM2711 in its low-peripheral mode, where the CPUs see the peripherals' bus addresses 0x7eXXXXXX at 0xfeXXXXXX
 * (BCM2711 ARM Peripherals, 1.2.4); names as there and in Linux' bcm2711.dtsi.
 */
import type { Device } from "../define/specs.ts";

/** Interrupts are GIC interrupt IDs: SPI n is ID n + 32, VideoCore interrupt n is SPI n + 64, ID n + 96. */
export const devices = {
  pcie: { address: 0xfd500000n, size: 0x9310n, interrupt: 179 },
  genet: { address: 0xfd580000n, size: 0x10000n, interrupt: 189 },
  mailbox: { address: 0xfe00b880n, size: 0x40n, interrupt: 65 },
  watchdog: { address: 0xfe100000n, size: 0x114n },
  gpio: { address: 0xfe200000n, size: 0xb4n, interrupt: 145 },
  // PL011; interrupt 153 is that of all five PL011s.
  uart0: { address: 0xfe201000n, size: 0x200n, interrupt: 153 },
  spi0: { address: 0xfe204000n, size: 0x200n, interrupt: 150 },
  aux: { address: 0xfe215000n, size: 0x8n },
  // The "mini UART", registers as an 8250's; interrupt 125 is that of SPI1 and SPI2, too.
  uart1: { address: 0xfe215040n, size: 0x40n, interrupt: 125 },
  emmc: { address: 0xfe300000n, size: 0x100n, interrupt: 158 },
  emmc2: { address: 0xfe340000n, size: 0x100n, interrupt: 158 },
  i2c1: { address: 0xfe804000n, size: 0x1000n, interrupt: 149 },
  gicd: { address: 0xff841000n, size: 0x1000n },
  gicc: { address: 0xff842000n, size: 0x2000n },
  gich: { address: 0xff844000n, size: 0x2000n },
  gicv: { address: 0xff846000n, size: 0x2000n },
  "pcie-mmio": { address: 0x600000000n, size: 0x4000000n },
} satisfies Record<string, Device>;
