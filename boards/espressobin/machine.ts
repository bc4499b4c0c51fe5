/** Marvell Armada 3720: its internal registers begin at 0xd0000000; names as in Linux' armada-37xx.dtsi. */
import type { Device } from "../define/specs.ts";

/** Interrupts are GIC interrupt IDs: SPI n is ID n + 32. */
export const devices = {
  spi0: { address: 0xd0010600n, size: 0xa00n, interrupt: 32 },
  i2c0: { address: 0xd0011000n, size: 0x24n, interrupt: 33 },
  // The sum of its interrupts; transmitter and receiver alone are 44 and 45.
  uart0: { address: 0xd0012000n, size: 0x18n, interrupt: 43 },
  uart1: { address: 0xd0012200n, size: 0x30n },
  eth0: { address: 0xd0030000n, size: 0x4000n, interrupt: 74 },
  eth1: { address: 0xd0040000n, size: 0x4000n, interrupt: 77 },
  usb3: { address: 0xd0058000n, size: 0x4000n, interrupt: 35 },
  usb2: { address: 0xd005e000n, size: 0x1000n, interrupt: 49 },
  pcie0: { address: 0xd0070000n, size: 0x20000n, interrupt: 61 },
  crypto: { address: 0xd0090000n, size: 0x20000n },
  sdhci1: { address: 0xd00d0000n, size: 0x300n, interrupt: 57 },
  sdhci0: { address: 0xd00d8000n, size: 0x300n, interrupt: 58 },
  sata: { address: 0xd00e0000n, size: 0x178n, interrupt: 59 },
  gicd: { address: 0xd1d00000n, size: 0x10000n },
  gicr: { address: 0xd1d40000n, size: 0x40000n },
  "pcie0-mmio": { address: 0xe8000000n, size: 0x1000000n },
} satisfies Record<string, Device>;
