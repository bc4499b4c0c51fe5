/** The AM625, as its technical reference manual, "Memory Map", divides the bus. */
import type { Device } from "../define/specs.ts";
import { gic500 } from "../soc-k3/k3.ts";

export const { gic, devices: gicDevices } = gic500(0x1880000n, 4);

/** Windows of the bus, in the order that the root cell has them. */
export const windows = {
  "ctrl-mmr": { address: 0xf0000n, size: 0x30000n },
  gpio: { address: 0x600000n, size: 0x2000n },
  gpu: { address: 0xfd00000n, size: 0x20000n },
  "timesync-router": { address: 0xa40000n, size: 0x1000n },
  // Up to the GIC, and behind it.
  "peripherals-0": { address: 0x1000000n, size: 0x800000n },
  "peripherals-1": { address: 0x1900000n, size: 0x1229000n },
  "peripherals-2": { address: 0xe000000n, size: 0x1d00000n },
  "peripherals-3": { address: 0x20000000n, size: 0xa008000n },
  ocsram: { address: 0x70000000n, size: 0x10000n },
  dss: { address: 0x30200000n, size: 0x10000n },
  dmss: { address: 0x48000000n, size: 0x6400000n },
  pruss: { address: 0x30040000n, size: 0x80000n },
  usb0: { address: 0x31000000n, size: 0x50000n },
  usb1: { address: 0x31100000n, size: 0x50000n },
  cpsw: { address: 0x8000000n, size: 0x200000n },
  "wkup-peripherals": { address: 0x2b000000n, size: 0x301000n },
  "wkup-ctrl-mmr": { address: 0x43000000n, size: 0x20000n },
  mcu: { address: 0x4000000n, size: 0x1ff2000n },
} satisfies Record<string, Device>;

/** Threads 14 to 16 of the secure proxy, which take messages to the system's firmware and back. */
export const secureProxy = {
  "secure-proxy-data": { address: 0x4d00e000n, size: 0x3000n, interrupt: 67 },
  "secure-proxy-run-time": { address: 0x4a60e000n, size: 0x3000n },
  "secure-proxy-config": { address: 0x4a40e000n, size: 0x3000n },
} satisfies Record<string, Device>;

/** Devices that single cells get. Interrupts are GIC interrupt IDs: SPI n is ID n + 32. */
export const devices = {
  ...gicDevices,
  "main-uart0": { address: 0x2800000n, size: 0x10000n, interrupt: 210 },
  "main-uart1": { address: 0x2810000n, size: 0x10000n, interrupt: 211 },
  ...secureProxy,
} satisfies Record<string, Device>;
