/** LS1088A and LS2088A: devices as in their reference manuals and device trees, in the order in which root has them. */
import type { Device, GicSpec } from "../define/specs.ts";
import { uart1, uart2 } from "./uarts.ts";

type Devices = Record<string, Device>;

const gic500 = {
  gicd: { address: 0x6000000n, size: 0x10000n },
  // 128 KiB a CPU.
  gicr: { address: 0x6100000n, size: 0x100000n },
  gicc: { address: 0xc0c0000n, size: 0x2000n },
  gich: { address: 0xc0d0000n, size: 0x1000n },
  gicv: { address: 0xc0e0000n, size: 0x20000n },
} satisfies Devices;

/** A GICv3 that has the memory-mapped interface of a GICv2 besides; the hypervisor does without. */
export const gic: GicSpec = {
  version: 3,
  distributor: gic500.gicd.address,
  redistributors: gic500.gicr.address,
  cpuInterface: gic500.gicc.address,
  hypervisorInterface: gic500.gich.address,
  virtualInterface: gic500.gicv.address,
};

/** The LS2088A has two of them in its map, and more serial and SATA ports. */
export const ddrcs = {
  ddrc1: { address: 0x1080000n, size: 0x1000n, interrupt: 49 },
  ddrc2: { address: 0x1090000n, size: 0x1000n, interrupt: 50 },
} satisfies Devices;

export const control = {
  clockgen: { address: 0x1300000n, size: 0xa0000n },
  dcfg: { address: 0x1e00000n, size: 0x10000n },
  rcpm: { address: 0x1e30000n, size: 0x10000n },
  reset: { address: 0x1e60000n, size: 0x10000n },
  // External interrupts.
  isc: { address: 0x1f70000n, size: 0x10000n },
  tmu: { address: 0x1f80000n, size: 0x10000n },
  dspi: { address: 0x2100000n, size: 0x10000n, interrupt: 58 },
  duart1: { address: 0x21c0000n, size: 0x10000n, interrupt: 64 },
} satisfies Devices;

export const duart2 = { duart2: { address: 0x21d0000n, size: 0x10000n, interrupt: 65 } } satisfies Devices;

export const peripherals = {
  gpio1: { address: 0x2300000n, size: 0x10000n, interrupt: 68 },
  gpio2: { address: 0x2310000n, size: 0x10000n, interrupt: 68 },
  gpio3: { address: 0x2320000n, size: 0x10000n, interrupt: 69 },
  gpio4: { address: 0x2330000n, size: 0x10000n, interrupt: 69 },
  ifc: { address: 0x2240000n, size: 0x20000n, interrupt: 53 },
  ftm1: { address: 0x2800000n, size: 0x10000n, interrupt: 76 },
  i2c1: { address: 0x2000000n, size: 0x10000n, interrupt: 66 },
  i2c2: { address: 0x2010000n, size: 0x10000n, interrupt: 66 },
  i2c3: { address: 0x2020000n, size: 0x10000n, interrupt: 67 },
  i2c4: { address: 0x2030000n, size: 0x10000n, interrupt: 67 },
  qspi: { address: 0x20c0000n, size: 0x10000n, interrupt: 57 },
  esdhc: { address: 0x2140000n, size: 0x10000n, interrupt: 60 },
  usb1: { address: 0x3100000n, size: 0x10000n, interrupt: 112 },
  usb2: { address: 0x3110000n, size: 0x10000n, interrupt: 113 },
  sata1: { address: 0x3200000n, size: 0x10000n },
} satisfies Devices;

export const sata2 = { sata2: { address: 0x3210000n, size: 0x10000n } } satisfies Devices;

export const shared = {
  // Translates the interrupts of message-signalling devices.
  its: { address: 0x6020000n, size: 0x20000n },
  sec: { address: 0x8000000n, size: 0x100000n },
} satisfies Devices;

/** Controllers, their physical functions' control registers, and windows of 32 GiB. */
export const pcie = {
  controllers: {
    pcie1: { address: 0x3400000n, size: 0x10000n },
    pcie2: { address: 0x3500000n, size: 0x10000n },
    pcie3: { address: 0x3600000n, size: 0x10000n },
  },
  control: {
    "pcie1-pf": { address: 0x34c0000n, size: 0x10000n },
    "pcie2-pf": { address: 0x35c0000n, size: 0x10000n },
    "pcie3-pf": { address: 0x36c0000n, size: 0x10000n },
  },
  windows: {
    "pcie1-window": { address: 0x2000000000n, size: 0x800000000n },
    "pcie2-window": { address: 0x2800000000n, size: 0x800000000n },
    "pcie3-window": { address: 0x3000000000n, size: 0x800000000n },
  },
} satisfies Record<string, Devices>;

/** The second-generation data path. */
export const dpaa2 = {
  // Registers of the management complex.
  "mc-control": { address: 0x8340000n, size: 0x40000n },
  // The public device trees have no name for this one.
  "dpaa2-8800000": { address: 0x8800000n, size: 0x40000n },
  // The wire-rate I/O processor: MDIO and the PTP timer; the PCS of its MACs behind it.
  "wriop-mdio": { address: 0x8b80000n, size: 0x20000n },
  "wriop-pcs": { address: 0x8c00000n, size: 0x100000n },
  "mc-portals": { address: 0x80c000000n, size: 0x4000000n },
  "qbman-portals": { address: 0x818000000n, size: 0x8000000n },
  wriop: { address: 0x4300000000n, size: 0x100000000n },
  // The beginning of the packet express buffer.
  pebuf: { address: 0x4c00000000n, size: 0x400000n },
} satisfies Devices;

/** Those of both SoCs. */
export const devices = {
  ...gic500,
  ...control,
  ...peripherals,
  ...shared,
  ...pcie.controllers,
  ...pcie.control,
  ...pcie.windows,
  ...dpaa2,
  uart1,
  uart2,
};

/** Each CPU's SP805 watchdog. `cores[i]` is how many CPUs cluster i has. */
export function watchdogs(...cores: readonly number[]): Devices {
  const names = cores.flatMap((count, cluster) =>
    Array.from({ length: count }, (_, core): [string, Device] => {
      const address = 0xc000000n + BigInt(cluster) * 0x100000n + BigInt(core) * 0x10000n;
      return [`watchdog${cluster + 1}-${core}`, { address, size: 0x1000n }];
    }),
  );
  return Object.fromEntries(names);
}
