/** LS1028A: devices as in its reference manual and device tree, in the order in which root has them. */
import type { Device, GicSpec } from "../define/specs.ts";
import { watchdogs } from "../soc-layerscape/chassis3.ts";
import { uart1, uart2 } from "../soc-layerscape/uarts.ts";

/** Interrupts are GIC interrupt IDs: SPI n is ID n + 32. */
export const peripherals = {
  ddrc: { address: 0x1080000n, size: 0x1000n, interrupt: 49 },
  dcfg: { address: 0x1e00000n, size: 0x10000n },
  reset: { address: 0x1e60000n, size: 0x10000n },
  scfg: { address: 0x1fc0000n, size: 0x10000n },
  clockgen: { address: 0x1300000n, size: 0xa0000n },
  i2c1: { address: 0x2000000n, size: 0x10000n, interrupt: 66 },
  i2c2: { address: 0x2010000n, size: 0x10000n, interrupt: 66 },
  i2c3: { address: 0x2020000n, size: 0x10000n, interrupt: 67 },
  i2c4: { address: 0x2030000n, size: 0x10000n, interrupt: 67 },
  i2c5: { address: 0x2040000n, size: 0x10000n, interrupt: 106 },
  i2c6: { address: 0x2050000n, size: 0x10000n, interrupt: 106 },
  i2c7: { address: 0x2060000n, size: 0x10000n, interrupt: 107 },
  i2c8: { address: 0x2070000n, size: 0x10000n, interrupt: 107 },
  flexspi: { address: 0x20c0000n, size: 0x10000n, interrupt: 57 },
  dspi1: { address: 0x2100000n, size: 0x10000n, interrupt: 58 },
  dspi2: { address: 0x2110000n, size: 0x10000n, interrupt: 58 },
  dspi3: { address: 0x2120000n, size: 0x10000n, interrupt: 58 },
  esdhc1: { address: 0x2140000n, size: 0x10000n, interrupt: 60 },
  esdhc2: { address: 0x2150000n, size: 0x10000n, interrupt: 95 },
  can1: { address: 0x2180000n, size: 0x10000n, interrupt: 53 },
  can2: { address: 0x2190000n, size: 0x10000n, interrupt: 54 },
  duart: { address: 0x21c0000n, size: 0x10000n, interrupt: 64 },
  lpuart1: { address: 0x2260000n, size: 0x1000n },
  lpuart2: { address: 0x2270000n, size: 0x1000n },
  lpuart3: { address: 0x2280000n, size: 0x1000n },
  lpuart4: { address: 0x2290000n, size: 0x1000n },
  lpuart5: { address: 0x22a0000n, size: 0x1000n },
  lpuart6: { address: 0x22b0000n, size: 0x1000n },
  // With its two request multiplexers.
  edma: { address: 0x22c0000n, size: 0x30000n, interrupt: 88 },
  gpio1: { address: 0x2300000n, size: 0x10000n, interrupt: 68 },
  gpio2: { address: 0x2310000n, size: 0x10000n, interrupt: 68 },
  gpio3: { address: 0x2320000n, size: 0x10000n, interrupt: 69 },
  usb1: { address: 0x3100000n, size: 0x10000n, interrupt: 112 },
  usb2: { address: 0x3110000n, size: 0x10000n, interrupt: 113 },
  sata: { address: 0x3200000n, size: 0x10000n },
  pcie1: { address: 0x3400000n, size: 0x10000n },
  pcie2: { address: 0x3500000n, size: 0x10000n },
  // The physical function's control registers.
  "pcie2-pf": { address: 0x35c0000n, size: 0x10000n },
  "pcie1-window": { address: 0x8000000000n, size: 0x800000000n },
  "pcie2-window": { address: 0x8800000000n, size: 0x800000000n },
  its: { address: 0x6020000n, size: 0x20000n },
  sec: { address: 0x8000000n, size: 0x100000n },
  ...watchdogs(2),
  gpu: { address: 0xf0c0000n, size: 0x10000n },
  sai1: { address: 0xf100000n, size: 0x10000n },
  sai2: { address: 0xf110000n, size: 0x10000n },
  sai3: { address: 0xf120000n, size: 0x10000n },
  sai4: { address: 0xf130000n, size: 0x10000n },
  sai5: { address: 0xf140000n, size: 0x10000n },
  sai6: { address: 0xf150000n, size: 0x10000n },
  tmu: { address: 0x1f80000n, size: 0x10000n },
  // Configuration space of the integrated endpoints, the Ethernet controllers and the switch, and their registers.
  "enetc-ecam": { address: 0x1f0000000n, size: 0x10000000n },
  ftm1: { address: 0x2800000n, size: 0x10000n, interrupt: 76 },
  ftm2: { address: 0x2810000n, size: 0x10000n },
  ftm3: { address: 0x2820000n, size: 0x10000n },
  ftm4: { address: 0x2830000n, size: 0x10000n },
  ftm5: { address: 0x2840000n, size: 0x10000n },
  ftm6: { address: 0x2850000n, size: 0x10000n },
  ftm7: { address: 0x2860000n, size: 0x10000n },
  ftm8: { address: 0x2870000n, size: 0x10000n },
  rcpm: { address: 0x1e30000n, size: 0x10000n },
  // The display's pixel clock, controller, and port.
  dpclk: { address: 0xf1f0000n, size: 0x10000n },
  display: { address: 0xf080000n, size: 0x10000n },
  displayport: { address: 0xf200000n, size: 0x100000n },
} satisfies Record<string, Device>;

const gic500 = {
  gicd: { address: 0x6000000n, size: 0x10000n },
  // 128 KiB a CPU.
  gicr: { address: 0x6040000n, size: 0x40000n },
} satisfies Record<string, Device>;

export const gic: GicSpec = {
  version: 3,
  distributor: gic500.gicd.address,
  redistributors: gic500.gicr.address,
};

export const devices = { ...gic500, ...peripherals, uart1, uart2 };
