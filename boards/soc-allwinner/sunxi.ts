/** What Allwinner's A20, H2+ and A64 have in common (their User Manuals, "Memory Mapping"). */
import type { ConsoleSpec } from "../define/specs.ts";
import { gic400 } from "../soc-arm/gic400.ts";

export const { devices: gicDevices, gic } = gic400(0x1c80000n);

/** A DesignWare APB UART, one of up to eight. */
export function uart(address: bigint): ConsoleSpec {
  return { type: "8250", flags: ["mmio", "regdist4"], address };
}

/** The hypervisor's own PCI host controller, where the SoCs have nothing. */
export const virtualPci = { mmconfigBase: 0x2000000, virtual: true, domain: 0 };

export const timer = { hz: 24_000_000, note: "the SoC's crystal; a program reads CNTFRQ" };
