/** The structures of which both formats consist. */
import type {
  ArmPlatform,
  CacheRegion,
  ColoredRegion,
  Console,
  Iommu,
  Irqchip,
  MemoryRegion,
  PciCap,
  PciDevice,
  PortRange,
  X86Platform,
} from "../model.ts";
import type { Form, Row, Words } from "./layout.ts";
import { field, struct, uint, zeros } from "./layout.ts";
import * as words from "./words.ts";

const memoryRows: readonly Row<keyof MemoryRegion>[] = [
  uint("physical", "phys_start", 8, "Where the memory is. The root cell sees it under the same address."),
  uint("address", "virt_start", 8, "Where the cell sees it."),
  uint("size", "size", 8, "Bytes."),
  field("flags", "flags", { kind: "flags", bytes: 8, words: words.memoryFlags }, "What the cell may do there."),
];

export const memory = struct<MemoryRegion>("memory region", ...memoryRows);

export const colored = struct<ColoredRegion>(
  "coloured memory region",
  ...memoryRows,
  uint("colors", "colors", 8, "Mask of the colours that the region takes, the highest bit for the lowest page."),
);

export const cache = struct<CacheRegion>(
  "cache region",
  uint("start", "start", 4, "The share's first bit of the capacity mask."),
  uint("size", "size", 4, "Its bits."),
  field("type", "type", { kind: "choice", bytes: 1, words: words.cacheTypes }, "What of the cache."),
  zeros("padding", 1, "0."),
  field("flags", "flags", { kind: "flags", bytes: 2, words: words.cacheFlags }, "Who else has it."),
);

export const irqchip = struct<Irqchip>(
  "interrupt controller",
  uint("address", "address", 8, "Arm: the distributor, GICD. x86: the IOAPIC."),
  uint("id", "id", 4, "x86: IOMMU unit << 16 | the IOAPIC's requester BDF. Arm: not used, 0."),
  uint("pinBase", "pin_base", 4, "The first of the 128 pins that the entry can name. Arm: a multiple of 32. x86: 0."),
  field(
    "pins",
    "pin_bitmap",
    { kind: "bitmap", bytes: 16, from: "pinBase" },
    "Bit n is pin `pin_base` + n. Arm: the interrupt ID (SPI n has ID n + 32). x86: the IOAPIC's input.",
  ),
);

export const ports = struct<PortRange>(
  "port range",
  uint("base", "base", 2, "The first I/O port."),
  uint("length", "length", 2, "How many there are."),
);

export const pciDevice = struct<PciDevice>(
  "PCI device",
  field("type", "type", { kind: "choice", bytes: 1, words: words.pciDeviceTypes }, "Whose device it is."),
  uint("iommu", "iommu", 1, "x86: index of the IOMMU unit that is in charge of it."),
  uint("domain", "domain", 2, "PCI domain (segment)."),
  field("bdf", "bdf", { kind: "bdf", bytes: 2 }, "Bus << 8 | device << 3 | function."),
  field(
    "barMasks",
    "bar_mask",
    { kind: "list", count: 6, of: { kind: "uint", bytes: 4 } },
    "The bits of the six BARs that the cell can write; those of a BAR that it may only read are 0.",
  ),
  uint("capsStart", "caps_start", 2, "Index of the device's first capability; devices may share a list."),
  uint("capsCount", "num_caps", 2, "How many it has."),
  uint("msiVectors", "num_msi_vectors", 1, "MSI vectors that it can use."),
  field(
    "msiFlags",
    "msi_64bits, msi_maskable",
    { kind: "flags", bytes: 1, words: words.msiFlags },
    "The form of its MSI capability.",
  ),
  uint("msixVectors", "num_msix_vectors", 2, "MSI-X vectors that it can use; of an ivshmem device at most 16."),
  uint("msixRegionSize", "msix_region_size", 2, "Bytes of its MSI-X table and what shares a page with it."),
  uint("msixAddress", "msix_address", 8, "Where the MSI-X table is, physical address."),
  uint("shmemRegionsStart", "shmem_regions_start", 4, "ivshmem: index of its first memory region, the state table."),
  uint("shmemId", "shmem_dev_id", 1, "ivshmem: the cell's number among the peers, below 12."),
  uint("shmemPeers", "shmem_peers", 1, "ivshmem: how many peers there are."),
  field(
    "shmemProtocol",
    "shmem_protocol",
    { kind: "choice", bytes: 2, words: words.shmemProtocols, open: true },
    "ivshmem: what the peers speak. 0x4000 to 0x7fff are free for own protocols; 0x8000 + n is the front end, " +
      "0xc000 + n the back end of virtio device n (1 network, 2 block, 3 console).",
  ),
);

export const pciCap = struct<PciCap>(
  "PCI capability",
  field("id", "id", { kind: "choice", bytes: 2, words: words.pciCapIds, open: true }, "Its ID."),
  uint("start", "start", 2, "Offset in configuration space."),
  uint("length", "len", 2, "Bytes."),
  field("flags", "flags", { kind: "flags", bytes: 2, words: words.pciCapFlags }, "What the cell may do with it."),
);

/** An IOMMU stream. */
export const streamId: Form = { kind: "uint", bytes: 4 };

/** A UART, in the words that a format has for it. */
export function console(types: Words, flags: Words): Form {
  return struct<Console>(
    "console",
    uint("address", "address", 8, "Of memory or, without the flag `mmio`, of a port."),
    uint("size", "size", 4, "Bytes of memory. Only the hypervisor needs to know, for its own console."),
    field("type", "type", { kind: "choice", bytes: 2, words: types }, "The kind of UART."),
    field("flags", "flags", { kind: "flags", bytes: 2, words: flags }, "How to reach its registers."),
    uint("divider", "divider", 4, "Divider of the baud rate. 0: somebody else has set the UART up, leave it alone."),
    uint("gateNr", "gate_nr", 4, "The bit of the clock register that switches the UART's clock."),
    uint("clockReg", "clock_reg", 8, "A 32-bit register of clock gates; 0: there is none."),
  );
}

/** An IOMMU, in the words that a format has for it. */
export function iommu(types: Words): Form {
  return struct<Iommu>(
    "IOMMU unit",
    field("type", "type", { kind: "choice", bytes: 4, words: types }, "Its kind; a list ends at the first 0."),
    uint("base", "base", 8, "Where its registers are."),
    uint("size", "size", 4, "Bytes of them."),
    {
      name: "union",
      form: { kind: "union", bytes: 12, by: "type", rows: { amd, pvu } },
      meaning: "More about some kinds.",
    },
  );
}

const amd = field(
  "amd",
  "amd",
  struct<NonNullable<Iommu["amd"]>>(
    "AMD IOMMU",
    field("bdf", "bdf", { kind: "bdf", bytes: 2 }, "The IOMMU's own PCI function."),
    uint("baseCap", "base_cap", 1, "Offset of its capability block."),
    uint("msiCap", "msi_cap", 1, "Offset of its MSI capability."),
    uint("features", "features", 4, "Its feature bits, as the ACPI table has them."),
  ),
  "AMD's.",
);

const pvu = field(
  "pvu",
  "tipvu",
  struct<NonNullable<Iommu["pvu"]>>(
    "TI PVU",
    uint("tlbBase", "tlb_base", 8, "Where its translation entries are."),
    uint("tlbSize", "tlb_size", 4, "Bytes of them."),
  ),
  "TI's.",
);

export const arm = field(
  "arm",
  "arm",
  struct<ArmPlatform>(
    "Arm",
    uint("maintenanceIrq", "maintenance_irq", 1, "Interrupt ID by which the GIC calls the hypervisor; 25 everywhere."),
    uint("gicVersion", "gic_version", 1, "2 or 3."),
    zeros("padding", 2, "0."),
    uint("gicdBase", "gicd_base", 8, "Distributor."),
    uint("giccBase", "gicc_base", 8, "CPU interface (version 2)."),
    uint("gichBase", "gich_base", 8, "Hypervisor interface (version 2)."),
    uint("gicvBase", "gicv_base", 8, "Virtual CPU interface (version 2)."),
    uint("gicrBase", "gicr_base", 8, "Redistributors (version 3)."),
  ),
  "On Arm, both kinds.",
);

export const x86 = field(
  "x86",
  "x86",
  struct<X86Platform>(
    "x86",
    uint("pmTimerAddress", "pm_timer_address", 2, "Port of the ACPI PM timer; every cell may read it."),
    field("apicMode", "apic_mode", { kind: "choice", bytes: 1, words: words.apicModes }, "How cells use the APIC."),
    zeros("padding", 1, "0."),
    uint("vtdInterruptLimit", "vtd_interrupt_limit", 4, "Intel: how many interrupts the IOMMU remaps."),
    uint("tscKhz", "tsc_khz", 4, "Rate of the TSC; 0: the driver writes what Linux has calibrated."),
    uint("apicKhz", "apic_khz", 4, "Rate of the APIC's timer; 0: as above."),
  ),
  "On x86.",
);
