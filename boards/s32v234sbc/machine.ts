/** NXP S32V234: devices as in its reference manual's memory map. */
import type { Device } from "../define/specs.ts";

export const devices = {
  // The internal RAM has 4 MiB.
  sram: { address: 0x3e800000n, size: 0x400000n },
  // Both peripheral bridges.
  aips: { address: 0x40000000n, size: 0x100000n },
  // The interconnect: its QoS regulators.
  nic301: { address: 0x40010000n, size: 0x10000n },
  mmdc0: { address: 0x40036000n, size: 0x1000n },
  // The UART; neither the hypervisor nor the stock inmates have a driver for it.
  linflex0: { address: 0x40053000n, size: 0x1000n },
  mmdc1: { address: 0x400a2000n, size: 0x1000n },
  apex0: { address: 0x74000000n, size: 0x2000000n },
  apex1: { address: 0x78000000n, size: 0x2000000n },
  gicd: { address: 0x7d001000n, size: 0x1000n },
  gicc: { address: 0x7d002000n, size: 0x2000n },
  gich: { address: 0x7d004000n, size: 0x2000n },
  gicv: { address: 0x7d006000n, size: 0x2000n },
} satisfies Record<string, Device>;
