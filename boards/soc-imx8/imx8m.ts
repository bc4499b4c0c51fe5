/** The i.MX 8M family: devices as in the reference manuals' memory maps, the same in all of it. */
import { range } from "../define/checks.ts";
import { io } from "../define/regions.ts";
import type { ConsoleSpec, Device, GicSpec } from "../define/specs.ts";
import { inmateDemoNote } from "../soc-nxp/cells.ts";

/** Interrupts are GIC interrupt IDs: SPI n is ID n + 32. */
export const devices = {
  // The peripheral bridges, with the more interesting devices behind each.
  aips1: { address: 0x30000000n, size: 0x400000n },
  gpio1: { address: 0x30200000n, size: 0x10000n, interrupt: 96 },
  wdog1: { address: 0x30280000n, size: 0x10000n, interrupt: 110 },
  iomuxc: { address: 0x30330000n, size: 0x10000n },
  anatop: { address: 0x30360000n, size: 0x10000n },
  ccm: { address: 0x30380000n, size: 0x10000n },
  src: { address: 0x30390000n, size: 0x10000n },
  gpc: { address: 0x303a0000n, size: 0x10000n },
  aips2: { address: 0x30400000n, size: 0x400000n },
  pwm1: { address: 0x30660000n, size: 0x10000n, interrupt: 113 },
  aips3: { address: 0x30800000n, size: 0x400000n },
  uart1: { address: 0x30860000n, size: 0x1000n, interrupt: 58 },
  uart3: { address: 0x30880000n, size: 0x1000n, interrupt: 60 },
  uart2: { address: 0x30890000n, size: 0x1000n, interrupt: 59 },
  uart4: { address: 0x30a60000n, size: 0x1000n, interrupt: 61 },
  usdhc1: { address: 0x30b40000n, size: 0x10000n, interrupt: 54 },
  usdhc2: { address: 0x30b50000n, size: 0x10000n, interrupt: 55 },
  gicd: { address: 0x38800000n, size: 0x10000n },
  // 128 KiB a CPU: room for six.
  gicr: { address: 0x38880000n, size: 0xc0000n },
} satisfies Record<string, Device>;

/** Where the eMMC is; the i.MX 8M Quad does not have it. */
export const usdhc3 = { address: 0x30b60000n, size: 0x10000n, interrupt: 56 } satisfies Device;

export const gic: GicSpec = {
  version: 3,
  distributor: devices.gicd.address,
  redistributors: devices.gicr.address,
};

/** Both consoles leave the UART as the firmware or Linux set it up. */
export function consoles(uart: Device): { readonly debug: ConsoleSpec; readonly inmate: ConsoleSpec } {
  const inmate: ConsoleSpec = { type: "IMX", flags: ["mmio", "regdist4"], address: uart.address };
  // The hypervisor maps its UART itself and must know how big it is.
  return { debug: { ...inmate, size: uart.size }, inmate };
}

/** The fork's systems have the console's type, 8, among the flags too. */
export function rtDebugConsole(uart: Device): ConsoleSpec {
  return { ...consoles(uart).debug, flags: ["mmio", "regdist4", "stray-type"] };
}

/** Root has all devices below the GIC, and in the fork all up to the RAM, the GIC among them. */
export const rootDevices = io({ address: 0, size: devices.gicd.address });
export const rtRootDevices = io({ address: 0, size: "1G" });

/** Four CPUs, and the first 384 SPIs. */
export const root = { cpus: range(0, 3), interrupts: range(32, 415) };

export const timer = { hz: 8_000_000, note: "the usual rate, a third of the crystal's 24 MHz; a program reads CNTFRQ" };

export const notes = [
  "Nobody sets up the UART for the hypervisor or an inmate: firmware or Linux must have switched it on.",
  "The hypervisor, Linux and the inmates share one UART: their lines interleave.",
  "inmate-demo's RAM is part of linux-demo's: run one or the other.",
  inmateDemoNote,
];
