/** LS1043A and LS1046A: devices as in their reference manuals' CCSR address map, in the order in which root has them. */
import { io } from "../define/regions.ts";
import type { Device, GicSpec, MemorySpec } from "../define/specs.ts";
import { ioOf } from "../soc-nxp/cells.ts";
import { uart1, uart2 } from "./uarts.ts";

/** Interrupts are GIC interrupt IDs: SPI n is ID n + 32. */
const first = {
  ddrc: { address: 0x1080000n, size: 0x1000n, interrupt: 176 },
  ifc: { address: 0x1530000n, size: 0x10000n, interrupt: 75 },
  qspi: { address: 0x1550000n, size: 0x10000n, interrupt: 131 },
  esdhc: { address: 0x1560000n, size: 0x10000n, interrupt: 94 },
  scfg: { address: 0x1570000n, size: 0x10000n },
  sec: { address: 0x1700000n, size: 0x100000n },
} satisfies Record<string, Device>;

/** Data path: queue manager, buffer manager, frame manager. */
const dataPath = {
  qman: { address: 0x1880000n, size: 0x10000n, interrupt: 77 },
  bman: { address: 0x1890000n, size: 0x10000n, interrupt: 77 },
  fman: { address: 0x1a00000n, size: 0x100000n, interrupt: 76 },
  // The managers' software portals: each has a cache-enabled half and a cache-inhibited one.
  "qman-portals-ce": { address: 0x500000000n, size: 0x4000000n },
  "qman-portals-ci": { address: 0x504000000n, size: 0x4000000n },
  "bman-portals-ce": { address: 0x508000000n, size: 0x4000000n },
  "bman-portals-ci": { address: 0x50c000000n, size: 0x4000000n },
} satisfies Record<string, Device>;

const middle = {
  dcfg: { address: 0x1ee0000n, size: 0x1000n },
  clockgen: { address: 0x1ee1000n, size: 0x1000n },
  rcpm: { address: 0x1ee2000n, size: 0x1000n },
  tmu: { address: 0x1f00000n, size: 0x10000n, interrupt: 65 },
  dspi1: { address: 0x2100000n, size: 0x10000n, interrupt: 96 },
  i2c1: { address: 0x2180000n, size: 0x10000n, interrupt: 88 },
  i2c2: { address: 0x2190000n, size: 0x10000n, interrupt: 89 },
  i2c3: { address: 0x21a0000n, size: 0x10000n, interrupt: 90 },
  i2c4: { address: 0x21b0000n, size: 0x10000n, interrupt: 91 },
  duart1: { address: 0x21c0000n, size: 0x10000n, interrupt: 86 },
  duart2: { address: 0x21d0000n, size: 0x10000n, interrupt: 87 },
  gpio1: { address: 0x2300000n, size: 0x10000n, interrupt: 98 },
  gpio2: { address: 0x2310000n, size: 0x10000n, interrupt: 99 },
  gpio3: { address: 0x2320000n, size: 0x10000n, interrupt: 100 },
  gpio4: { address: 0x2330000n, size: 0x10000n, interrupt: 166 },
  lpuart1: { address: 0x2950000n, size: 0x1000n, interrupt: 80 },
  lpuart2: { address: 0x2960000n, size: 0x1000n, interrupt: 81 },
  lpuart3: { address: 0x2970000n, size: 0x1000n, interrupt: 82 },
  lpuart4: { address: 0x2980000n, size: 0x1000n, interrupt: 83 },
  lpuart5: { address: 0x2990000n, size: 0x1000n, interrupt: 84 },
  lpuart6: { address: 0x29a0000n, size: 0x1000n, interrupt: 85 },
  wdog1: { address: 0x2ad0000n, size: 0x10000n, interrupt: 115 },
  // With its two request multiplexers.
  edma: { address: 0x2c00000n, size: 0x30000n, interrupt: 135 },
  usb1: { address: 0x2f00000n, size: 0x100000n, interrupt: 92 },
  usb2: { address: 0x3000000n, size: 0x100000n, interrupt: 93 },
  usb3: { address: 0x3100000n, size: 0x100000n, interrupt: 95 },
  sata: { address: 0x3200000n, size: 0x10000n, interrupt: 101 },
} satisfies Record<string, Device>;

/** MSIs of the PCIe controllers; the LS1043A has them in SCFG. */
export const msi = {
  msi1: { address: 0x1580000n, size: 0x10000n },
  msi2: { address: 0x1590000n, size: 0x10000n },
  msi3: { address: 0x15a0000n, size: 0x10000n },
} satisfies Record<string, Device>;

export const pcie = {
  pcie1: { address: 0x3400000n, size: 0x10000n },
  pcie2: { address: 0x3500000n, size: 0x10000n },
  pcie3: { address: 0x3600000n, size: 0x10000n },
} satisfies Record<string, Device>;

/** The physical function's control registers. */
export const pcie3Control = { "pcie3-pf": { address: 0x36c0000n, size: 0x10000n } } satisfies Record<string, Device>;

export const pcieWindows = {
  "pcie1-window": { address: 0x4000000000n, size: 0x800000000n },
  "pcie2-window": { address: 0x4800000000n, size: 0x800000000n },
  "pcie3-window": { address: 0x5000000000n, size: 0x800000000n },
} satisfies Record<string, Device>;

/** GIC-400, 4 KiB pages 64 KiB apart: GICC and GICV are the last page of one and the first page of the next. */
const gic400 = {
  gicd: { address: 0x1410000n, size: 0x10000n },
  gicc: { address: 0x142f000n, size: 0x2000n },
  gich: { address: 0x1440000n, size: 0x20000n },
  gicv: { address: 0x146f000n, size: 0x2000n },
} satisfies Record<string, Device>;

export const gic: GicSpec = {
  version: 2,
  distributor: gic400.gicd.address,
  cpuInterface: gic400.gicc.address,
  hypervisorInterface: gic400.gich.address,
  virtualInterface: gic400.gicv.address,
};

/** Those of both SoCs. */
export const devices = { ...gic400, ...first, ...dataPath, ...middle, ...pcie, ...pcieWindows, uart1, uart2 };

/** The data path's regions: the cache-enabled portals are memory, the rest are registers. */
export const dataPathMemory: readonly MemorySpec[] = Object.entries<Device>(dataPath).map(([name, device]) => {
  const { address, size } = device;
  return name.endsWith("-ce") ? { address, size, flags: ["read", "write"] } : io(device);
});

/** What root has of the registers below the PCIe controllers. */
export const rootMemory: readonly MemorySpec[] = [...ioOf(first), ...dataPathMemory, ...ioOf(middle)];
