/** i.MX 8QuadMax and 8DualXLite: devices that both have, as in Linux' imx8-ss-*.dtsi. */
import { range } from "../define/checks.ts";
import { io } from "../define/regions.ts";
import type { ConsoleSpec, Device, GicSpec } from "../define/specs.ts";

export const devices = {
  gicd: { address: 0x51a00000n, size: 0x10000n },
  // 128 KiB a CPU: room for six.
  gicr: { address: 0x51b00000n, size: 0xc0000n },
  lpuart0: { address: 0x5a060000n, size: 0x1000n },
  lpuart1: { address: 0x5a070000n, size: 0x1000n },
  lpuart2: { address: 0x5a080000n, size: 0x1000n },
  lpuart3: { address: 0x5a090000n, size: 0x1000n },
  usdhc1: { address: 0x5b010000n, size: 0x10000n },
  usdhc2: { address: 0x5b020000n, size: 0x10000n },
  // Messaging units to the system controller, which powers and clocks everything: one an operating system.
  "lsio-mu1": { address: 0x5d1c0000n, size: 0x10000n },
  "lsio-mu2": { address: 0x5d1d0000n, size: 0x10000n },
} satisfies Record<string, Device>;

export const gic: GicSpec = {
  version: 3,
  distributor: devices.gicd.address,
  redistributors: devices.gicr.address,
};

/** LPUART0, as the firmware or Linux set it up. */
const inmate: ConsoleSpec = { type: "IMX-LPUART", flags: ["mmio", "regdist4"], address: devices.lpuart0.address };
// The hypervisor maps its UART itself and must know how big it is.
export const consoles = { debug: { ...inmate, size: devices.lpuart0.size }, inmate };

/** Everything below the RAM, the GIC among it. */
export const rootDevices = io({ address: 0, size: "2G" });
/** The first 384 SPIs. */
export const rootInterrupts = range(32, 415);

export const timer = { hz: 8_000_000, note: "the usual rate, a third of the crystal's 24 MHz; a program reads CNTFRQ" };

export const notes = [
  "Nobody sets up LPUART0 for the hypervisor or an inmate: firmware or Linux must have switched it on.",
  "The hypervisor, Linux and the inmates share LPUART0: their lines interleave.",
];
