/** The hypervisor and the root cell. */
import { range } from "../define/checks.ts";
import { io, ram } from "../define/regions.ts";
import type { MemorySpec, SystemSpec } from "../define/specs.ts";
import { devices } from "./machine.ts";
import { dram0, dram1, hypervisorMemory, sharedPage } from "./memory-map.ts";

/** Sections of a network of two. No other region covers the cells' RAM: without these it could not be loaded. */
const sections: readonly MemorySpec[] = [
  { address: sharedPage, size: "4K", flags: ["read", "rootshared"] },
  { address: 0, size: 0, flags: [] },
  { address: sharedPage + 0x1000, size: "508K", flags: ["read", "write", "rootshared"] },
  { address: sharedPage + 0x80000, size: "508K", flags: ["read", "rootshared"] },
];

export const system: SystemSpec = {
  hypervisorMemory,
  // In a gap of the SoC's map; Linux chooses the domain.
  pci: { mmconfigBase: 0x7e100000, virtual: true, domain: 0xffff },
  root: {
    name: "NXP S32V234",
    cpus: range(0, 3),
    interrupts: range(32, 159),
    pciInterrupt: 212,
    memory: [...sections, io(devices.aips), ram(dram0), ram(dram1)],
    pci: [
      {
        type: "ivshmem",
        bdf: "00:00.0",
        domain: 1,
        // BARs of the device's first version: 256 bytes of registers, and an MSI-X table that it does not have.
        barMasks: [0xffffff00, 0xffffffff],
        shmemPeers: 1,
        shmemProtocol: "veth",
      },
    ],
  },
};

/** For the profiler: the vision accelerators and the internal RAM are root's, and dram1 is moved away. */
export const rootprof: Partial<SystemSpec> = {
  root: {
    memory: [
      ...sections,
      io(devices.aips),
      io(devices.apex0),
      io(devices.apex1),
      // Behind the accelerators.
      io({ address: 0x7c000000, size: "1M" }),
      // Twice what there is of it.
      io({ address: devices.sram.address, size: "8M" }),
      ram(dram0),
      ram({ address: 0x100000000, physical: dram1.address, size: dram1.size }, "loadable"),
    ],
  },
};
