/**
 * Xilinx Zynq UltraScale+ MPSoC (ZynqMP): what its boards have in common. Device names as in the register reference
 * (UG1087) and Linux' zynqmp.dtsi, interrupts as in the Technical Reference Manual (UG1085, table 13-1).
 */
import { io } from "../define/regions.ts";
import type { ConsoleSpec, Device, GicSpec, SystemSpec } from "../define/specs.ts";

/** Interrupts are GIC interrupt IDs: SPI n is ID n + 32. */
export const devices = {
  // GIC-400 with 64 KiB pages shows each 4 KiB page sixteen times: the last copy of the first adjoins the second page.
  gicd: { address: 0xf9010000n, size: 0x1000n },
  gicc: { address: 0xf902f000n, size: 0x2000n },
  gich: { address: 0xf9040000n, size: 0x2000n },
  gicv: { address: 0xf906f000n, size: 0x2000n },
  ddrc: { address: 0xfd070000n, size: 0x30000n, interrupt: 144 },
  sata: { address: 0xfd0c0000n, size: 0x2000n, interrupt: 165 },
  pcie: { address: 0xfd0e0000n, size: 0x1000n, interrupt: 150 },
  gpu: { address: 0xfd4b0000n, size: 0x10000n, interrupt: 164 },
  // Eight channels, 64 KiB apart, interrupts 156 to 163.
  "fpd-dma": { address: 0xfd500000n, size: 0x80000n, interrupt: 156 },
  // ARM MMU-500; its context banks reach to 0xfdffffff.
  smmu: { address: 0xfd800000n, size: 0x20000n, interrupt: 187 },
  usb0: { address: 0xfe200000n, size: 0x40000n, interrupt: 97 },
  usb1: { address: 0xfe300000n, size: 0x40000n, interrupt: 102 },
  uart0: { address: 0xff000000n, size: 0x1000n, interrupt: 53 },
  uart1: { address: 0xff010000n, size: 0x1000n, interrupt: 54 },
  i2c0: { address: 0xff020000n, size: 0x1000n, interrupt: 49 },
  i2c1: { address: 0xff030000n, size: 0x1000n, interrupt: 50 },
  spi0: { address: 0xff040000n, size: 0x1000n, interrupt: 51 },
  spi1: { address: 0xff050000n, size: 0x1000n, interrupt: 52 },
  can0: { address: 0xff060000n, size: 0x1000n, interrupt: 55 },
  can1: { address: 0xff070000n, size: 0x1000n, interrupt: 56 },
  gpio: { address: 0xff0a0000n, size: 0x1000n, interrupt: 48 },
  gem0: { address: 0xff0b0000n, size: 0x1000n, interrupt: 89 },
  gem1: { address: 0xff0c0000n, size: 0x1000n, interrupt: 91 },
  gem2: { address: 0xff0d0000n, size: 0x1000n, interrupt: 93 },
  gem3: { address: 0xff0e0000n, size: 0x1000n, interrupt: 95 },
  qspi: { address: 0xff0f0000n, size: 0x1000n, interrupt: 47 },
  // Triple timer counters: three interrupts each.
  ttc0: { address: 0xff110000n, size: 0x1000n, interrupt: 68 },
  ttc1: { address: 0xff120000n, size: 0x1000n, interrupt: 71 },
  ttc2: { address: 0xff130000n, size: 0x1000n, interrupt: 74 },
  ttc3: { address: 0xff140000n, size: 0x1000n, interrupt: 77 },
  sd0: { address: 0xff160000n, size: 0x1000n, interrupt: 80 },
  sd1: { address: 0xff170000n, size: 0x1000n, interrupt: 81 },
  rpu: { address: 0xff9a0000n, size: 0x1000n },
  // Eight channels, 64 KiB apart, interrupts 109 to 116.
  "lpd-dma": { address: 0xffa80000n, size: 0x80000n, interrupt: 109 },
  // The Cortex-R5s' tightly coupled memories: A and B of the first, of the second.
  "rpu-tcm": { address: 0xffe00000n, size: 0xc0000n },
  "pcie-ecam": { address: 0x8000000000n, size: 0x1000000n },
} satisfies Record<string, Device>;

export const gic: GicSpec = {
  version: 2,
  distributor: devices.gicd.address,
  cpuInterface: devices.gicc.address,
  hypervisorInterface: devices.gich.address,
  virtualInterface: devices.gicv.address,
};

export const timer = { hz: 100_000_000, note: "the usual rate; a program reads CNTFRQ" };

/** The L2 has 1 MiB in 16 ways: a way of 64 KiB has 16 pages. */
export const l2Colors = 16;

export function xuartps({ address }: Device): ConsoleSpec {
  return { type: "XUARTPS", flags: ["mmio", "regdist4"], address };
}

/** All devices from the full-power domain's to the on-chip memory. */
export const peripherals = io({ address: 0xfd000000, size: "48M" });

/** Where the hypervisor puts its own PCI host controller: a gap of the map. */
export const mmconfigBase = 0xfc000000;

/** As mainline uses it; the real-time fork's SMMU driver wants other figures. */
export const mmu500: NonNullable<SystemSpec["iommus"]> = [
  { type: "mmu500", base: devices.smmu.address, size: devices.smmu.size },
];

/** Stream ids of the low-power domain's masters: TBU 2, and the master's AXI id (UG1085, table 16-3). */
export const streams = { usb0: 0x860, usb1: 0x861, sd0: 0x870, sd1: 0x871 };
