/** The AM654, as its technical reference manual, "Memory Map", divides the bus. */
import type { Device } from "../define/specs.ts";
import { gic500, secureProxy } from "../soc-k3/k3.ts";

export const { gic, devices: gicDevices } = gic500(0x1880000n, 4);

/** Windows of the bus, in groups that the root cell has behind each other. */
export const windows = {
  system: {
    "ctrl-mmr": { address: 0x100000n, size: 0x20000n },
    gpio0: { address: 0x600000n, size: 0x1000n },
    serdes: { address: 0x900000n, size: 0x12000n },
  },
  // Most peripherals of the main domain, the GIC in their midst.
  main: { "main-peripherals": { address: 0x1000000n, size: 0xaf04000n } },
  navss: {
    "main-navss": { address: 0x30800000n, size: 0xbc00000n },
    "mcu-navss": { address: 0x28380000n, size: 0x3880000n },
    "mcu-peripherals": { address: 0x40200000n, size: 0x901000n },
  },
  wakeup: { "wkup-peripherals": { address: 0x42040000n, size: 0x30c0000n } },
  mcu: {
    "mcu-mmr": { address: 0x45100000n, size: 0xc24000n },
    "mcu-cpsw": { address: 0x46000000n, size: 0x200000n },
    "ospi-registers": { address: 0x47000000n, size: 0x69000n },
  },
};

/** Devices that single cells get. Interrupts are GIC interrupt IDs: SPI n is ID n + 32. */
export const devices = {
  ...gicDevices,
  "main-uart0": { address: 0x2800000n, size: 0x10000n, interrupt: 224 },
  "mcu-uart0": { address: 0x40a00000n, size: 0x10000n, interrupt: 597 },
  ...secureProxy,
} satisfies Record<string, Device>;
