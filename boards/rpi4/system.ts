/** The hypervisor and the root cell, in mainline and in the real-time fork. */
import { range } from "../define/checks.ts";
import { io, ram } from "../define/regions.ts";
import type { SystemSpec } from "../define/specs.ts";
import { devices } from "./machine.ts";
import { type Block, block, rtBlock, virtualPci } from "./memory-map.ts";

const links = ({ demoLink, networkLink }: Block) => [
  { link: demoLink, id: 0 },
  // Marked as shared although it is the root cell's own; the reference has it so.
  { link: networkLink, id: 0, rootshared: true },
];

const memory = ({ rootEnd }: Block) => [
  // From PCIe to the end of the peripherals; the GIC is behind them.
  io({ address: devices.pcie.address, size: 0x1b00000 }),
  io(devices["pcie-mmio"]),
  ram({ address: 0, size: rootEnd }),
];

export const system: SystemSpec = {
  hypervisorMemory: block.hypervisorMemory,
  pci: virtualPci,
  root: {
    name: "Raspberry-Pi4",
    cpus: range(0, 3),
    // The SoC's 192 SPIs.
    interrupts: range(32, 223),
    pciInterrupt: 182,
    ivshmem: links(block),
    memory: [
      ...memory(block),
      // The rest of an 8 GiB model's RAM; on a smaller one Linux knows where it ends.
      ram({ address: 0x20000000, size: 0xdc000000 }),
      ram({ address: "4G", size: "4G" }),
    ],
  },
};

/** For the 1 GiB model. */
export const rtSystem: Partial<SystemSpec> = {
  hypervisorMemory: rtBlock.hypervisorMemory,
  pci: { ...virtualPci, mmconfigBase: 0xe0000000 },
  root: { ivshmem: links(rtBlock), memory: memory(rtBlock) },
};
