/** What NVIDIA's Tegra K1 (T124) and X1 (T210) have in common; names as in their TRMs' address maps. */
import type { ConsoleSpec, Device } from "../define/specs.ts";
import { gic400 } from "../soc-arm/gic400.ts";

export const { devices: gicDevices, gic } = gic400(0x50040000n);

/** Interrupts are GIC interrupt IDs: SPI n is ID n + 32. */
export const uarts = {
  uarta: { address: 0x70006000n, size: 0x40n, interrupt: 68 },
  uartb: { address: 0x70006040n, size: 0x40n, interrupt: 69 },
  uartc: { address: 0x70006200n, size: 0x40n, interrupt: 78 },
  uartd: { address: 0x70006300n, size: 0x40n, interrupt: 122 },
} satisfies Record<string, Device>;

/** All four: cells get the page, whichever is their console. */
export const uartPage = { address: uarts.uarta.address, size: "4K" };

export function uart(address: bigint): ConsoleSpec {
  return { type: "8250", flags: ["mmio", "regdist4"], address };
}

/**
 * The hypervisor's own PCI host controller, in a gap of the SoCs' map. Linux chooses its domain, since it may or may not
 * have a driver for the real one; the link stands in domain 1 with root, in domain 0 with the cells: the hypervisor
 * connects devices of equal bus, device and function.
 */
export const virtualPci = { mmconfigBase: 0x48000000, virtual: true, domain: 0xffff };
export const rootDomain = 1;
export const cellDomain = 0;
