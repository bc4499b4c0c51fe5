/** The hypervisor and the root cell. */
import { range } from "../define/checks.ts";
import type { SystemSpec } from "../define/specs.ts";
import { devices, qemu } from "./machine.ts";
import { demoLink, hypervisorMemory, networkLink, virtualPci } from "./memory-map.ts";

export const system: SystemSpec = {
  hypervisorMemory,
  pci: virtualPci,
  root: {
    cpus: range(0, qemu.cpus - 1),
    // The first 128 SPIs; the machine has more, nobody uses them.
    interrupts: range(32, 159),
    pciInterrupt: 128,
    ivshmem: [
      { link: demoLink, id: 0 },
      // Marked as shared although it is the root cell's own; the reference has it so.
      { link: networkLink, id: 0, rootshared: true },
    ],
    memory: [
      // All devices from the UART to the beginning of RAM.
      { address: 0x9000000, size: 0x37000000, flags: ["read", "write", "io"] },
      // RAM up to the end of inmate-demo's: what root does not have, it cannot load.
      { address: 0x40000000, size: 0x3fa10000, flags: ["read", "write", "execute"] },
      { ...devices["pcie-ecam"], flags: ["read", "write", "io"] },
    ],
  },
};
