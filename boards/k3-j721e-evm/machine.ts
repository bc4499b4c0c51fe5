/** The J721E, as its technical reference manual, "Memory Map", divides the bus. */
import type { Device } from "../define/specs.ts";
import * as j7 from "../soc-k3/jacinto7.ts";

export const windows = {
  ...j7.windows,
  main: {
    "main-peripherals": { address: 0x1000000n, size: 0xaf03000n },
    "main-navss": { address: 0x30800000n, size: 0xbc00000n },
    "pcie-core": { address: 0xd000000n, size: 0x1000000n },
  },
  pcie: { "pcie-data": { address: 0x10000000n, size: 0x10000000n } },
  dsp: {
    ...j7.windows.dsp,
    "c66-0": { address: 0x4d80800000n, size: 0x800000n },
    "c66-1": { address: 0x4d81800000n, size: 0x800000n },
  },
  gpu: { gpu: { address: 0x4e20000000n, size: 0x80000n } },
  wakeup: { "wkup-peripherals": { address: 0x42040000n, size: 0x30c0000n } },
  mcuHigh: { "mcu-mmr": { address: 0x45100000n, size: 0xc24000n }, ...j7.windows.mcuHigh },
  flash: {
    ...j7.windows.flash,
    "flash-0-high": { address: 0x500000000n, size: 0x100000000n },
    "flash-1-high": { address: 0x700000000n, size: 0x100000000n },
  },
};

/** What mainline's linux-demo has of USB. */
export const usb = {
  "usb1-subsystem": { address: 0x4114000n, size: 0x1000n },
  usb1: { address: 0x6400000n, size: 0x30000n, interrupt: 136 },
} satisfies Record<string, Device>;

/** What single cells get beyond J7200's. */
export const devices = {
  ...j7.devices,
  usb0: { address: 0x6000000n, size: 0x400000n },
  ...usb,
  "video-decoder": { address: 0x4300000n, size: 0x100000n },
} satisfies Record<string, Device>;

/** What the fork's linux-demo has of the display subsystem and the DisplayPort bridge. */
export const display = {
  "dss-common-s1": { address: 0x4b00000n, size: 0x10000n },
  "dss-vidl1": { address: 0x4a20000n, size: 0x10000n },
  "dss-overlay1": { address: 0x4a70000n, size: 0x10000n },
  "dss-port1": { address: 0x4a80000n, size: 0x10000n },
  "dp-serdes": { address: 0x5050000n, size: 0x10000n },
  "dp-bridge": { address: 0xa000000n, size: 0x31000n },
  "dp-bridge-integration": { address: 0x4f40000n, size: 0x1000n },
} satisfies Record<string, Device>;
