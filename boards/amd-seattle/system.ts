/** The hypervisor and the root cell. */
import { range } from "../define/checks.ts";
import { io, ram } from "../define/regions.ts";
import type { SystemSpec } from "../define/specs.ts";
import { devices, hypervisorMemory, networkLink } from "./machine.ts";

export const system: SystemSpec = {
  hypervisorMemory,
  pci: { mmconfigBase: devices["pcie-ecam"].address, endBus: 255 },
  root: {
    name: "amd-seattle",
    cpus: range(0, 7),
    interrupts: range(32, 415),
    pci: [
      { type: "bridge", bdf: "00:00.0" },
      { type: "bridge", bdf: "00:02.0" },
    ],
    ivshmem: [{ link: networkLink, id: 0, rootshared: true }],
    memory: [
      io(devices.gpio3),
      io(devices.gpio4),
      io(devices.gpio1),
      // The registers that the driver uses; the controller's window is longer.
      io({ address: devices.sata0.address, size: "64K" }),
      io(devices.xgmac0),
      io(devices.xgmac1),
      io(devices["xgmac0-smmu"]),
      io(devices["xgmac1-smmu"]),
      io(devices.serial0),
      io(devices.spi0),
      io(devices.spi1),
      io(devices["serdes-rxtx"]),
      io(devices["serdes-ir"]),
      io(devices.ccn),
      ram({ address: 0x8000000000, size: 0x3e0000000 }),
      ram({ address: 0x83f0000000, size: "256M" }),
    ],
  },
};
