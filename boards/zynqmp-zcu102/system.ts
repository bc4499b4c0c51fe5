/** The hypervisor and the root cell: mainline's, and the three of the real-time fork. */
import { range } from "../define/checks.ts";
import { io, ram } from "../define/regions.ts";
import type { IvshmemLink, SystemSpec } from "../define/specs.ts";
import { devices, mmconfigBase, mmu500, peripherals, streams } from "../soc-zynqmp/zynqmp.ts";
import { hypervisorMemory, movedRootLinks, rootLinks, rtInmates } from "./memory-map.ts";

const endOfRam = 0x880000000;
/** RAM from `start` on: what of the upper 2 GiB root has, and can load. */
const upperRam = (start: number) => ram({ address: start, size: endOfRam - start });
const lowerRam = ram({ address: 0, size: "2G" });
const pcie = io(devices["pcie-ecam"]);
const peerZero = (links: readonly IvshmemLink[]) => links.map((link) => ({ link, id: 0, rootshared: true }));

export const system: SystemSpec = {
  hypervisorMemory,
  // Linux chooses the domain; the links count on its being 1, behind the real PCIe's.
  pci: { mmconfigBase, virtual: true, domain: 0xffff },
  iommus: mmu500,
  root: {
    name: "ZynqMP-ZCU102",
    cpus: range(0, 3),
    interrupts: range(32, 159),
    // From here on PL_PS_Group1: nothing in the programmable logic may use them.
    pciInterrupt: 136,
    ivshmem: peerZero(rootLinks),
    memory: [peripherals, lowerRam, upperRam(0x800600000), pcie],
    // With the lower four bits ignored, SD0's is that of all of SD, NAND, QSPI and GEM.
    streamIds: [streams.usb0, streams.usb1, streams.sd0 | (0xf << 16)],
  },
};

/** Without SMMU, and with what a program on the Cortex-R5s needs to be loaded. */
export const rtSystem: Partial<SystemSpec> = {
  iommus: [],
  root: {
    streamIds: [],
    add: {
      memory: [
        ram(devices["rpu-tcm"]),
        // The R5s' program and its buffers: in Linux' RAM, and over each other; the reference has it so.
        ram({ address: 0x3ed00000, size: "1M" }),
        ram({ address: 0x3ed40000, size: "1M" }),
        // RPU_0 and RPU_1, their control registers: less than a page, and no access widths. Root has them with the others.
        ram({ address: 0xff9a0100, size: 0x100 }),
        ram({ address: 0xff9a0200, size: 0x100 }),
      ],
    },
  },
};

/** All masters behind the SMMU: pairs of stream id and the bits that count, here the number of the TBU in 14:10. */
const allStreams = range(0, 5).flatMap((tbu) => [tbu << 10, 0x1f << 10]);

const smmu: Partial<SystemSpec> = {
  iommus: [{ type: "smmuv2", base: devices.smmu.address, size: "1M" }],
  root: {
    ivshmem: peerZero(movedRootLinks),
    memory: [peripherals, lowerRam, upperRam(rtInmates), pcie],
    streamIds: allStreams,
  },
};

/**
 * Linux keeps twelve of the sixteen colours: the hypervisor moves its RAM to their pages when it is enabled. Linux must
 * have no more than these 512 MiB, which then reach to 683 MiB, and needs the SMMU to follow.
 */
const rootcol: Partial<SystemSpec> = {
  ...smmu,
  hypervisorMemory: { ...hypervisorMemory, size: "16M" },
  root: {
    ...smmu.root,
    memory: [peripherals, upperRam(rtInmates), pcie],
    colored: [{ ...ram({ address: 0, size: "512M" }), colors: range(4, 15) }],
  },
};

export const rtSystems = { "zynqmp-zcu102-rootcol": rootcol, "zynqmp-zcu102-smmu": smmu };
