/** The layout of mainline Jailhouse's configuration files, revision 14. */
import type {
  ArmPlatform,
  CacheRegion,
  CellConfig,
  Console,
  Iommu,
  Irqchip,
  MemoryRegion,
  PciCap,
  PciDevice,
  PortRange,
  SystemConfig,
  X86Platform,
} from "../model.ts";
import type { Form, Format, Hints, Row } from "./layout.ts";
import { count, field, struct, uint, zeros } from "./layout.ts";
import * as words from "./words.ts";

const revision = 14;

const memory = struct<MemoryRegion>(
  uint("physical", 8, "phys_start"),
  uint("address", 8, "virt_start"),
  uint("size", 8),
  field("flags", { kind: "flags", bytes: 8, words: words.memoryFlags }),
);

const cache = struct<CacheRegion>(
  uint("start", 4),
  uint("size", 4),
  field("type", { kind: "choice", bytes: 1, words: words.cacheTypes }),
  zeros("padding", 1),
  field("flags", { kind: "flags", bytes: 2, words: words.cacheFlags }),
);

const irqchip = struct<Irqchip>(
  uint("address", 8),
  uint("id", 4),
  uint("pinBase", 4, "pin_base"),
  field("pins", { kind: "bitmap", bytes: 16, from: "pinBase" }, "pin_bitmap"),
);

const ports = struct<PortRange>(uint("base", 2), uint("length", 2));

const pciDevice = struct<PciDevice>(
  field("type", { kind: "choice", bytes: 1, words: words.pciDeviceTypes }),
  uint("iommu", 1),
  uint("domain", 2),
  field("bdf", { kind: "bdf", bytes: 2 }),
  field("barMasks", { kind: "list", count: 6, of: { kind: "uint", bytes: 4 } }, "bar_mask"),
  uint("capsStart", 2, "caps_start"),
  uint("capsCount", 2, "num_caps"),
  uint("msiVectors", 1, "num_msi_vectors"),
  field("msiFlags", { kind: "flags", bytes: 1, words: words.msiFlags }, "msi_64bits, msi_maskable"),
  uint("msixVectors", 2, "num_msix_vectors"),
  uint("msixRegionSize", 2, "msix_region_size"),
  uint("msixAddress", 8, "msix_address"),
  uint("shmemRegionsStart", 4, "shmem_regions_start"),
  uint("shmemId", 1, "shmem_dev_id"),
  uint("shmemPeers", 1, "shmem_peers"),
  field("shmemProtocol", { kind: "choice", bytes: 2, words: words.shmemProtocols, open: true }, "shmem_protocol"),
);

const pciCap = struct<PciCap>(
  field("id", { kind: "choice", bytes: 2, words: words.pciCapIds, open: true }),
  uint("start", 2),
  uint("length", 2, "len"),
  field("flags", { kind: "flags", bytes: 2, words: words.pciCapFlags }),
);

const console = struct<Console>(
  uint("address", 8),
  uint("size", 4),
  field("type", { kind: "choice", bytes: 2, words: words.consoleTypes }),
  field("flags", { kind: "flags", bytes: 2, words: words.consoleFlags }),
  uint("divider", 4),
  uint("gateNr", 4, "gate_nr"),
  uint("clockReg", 8, "clock_reg"),
);

const iommu = struct<Iommu>(
  field("type", { kind: "choice", bytes: 4, words: words.iommuTypes }),
  uint("base", 8),
  uint("size", 4),
  {
    name: "union",
    form: {
      kind: "union",
      bytes: 12,
      by: "type",
      rows: {
        amd: field(
          "amd",
          struct<NonNullable<Iommu["amd"]>>(
            field("bdf", { kind: "bdf", bytes: 2 }),
            uint("baseCap", 1, "base_cap"),
            uint("msiCap", 1, "msi_cap"),
            uint("features", 4),
          ),
        ),
        pvu: field(
          "pvu",
          struct<NonNullable<Iommu["pvu"]>>(uint("tlbBase", 8, "tlb_base"), uint("tlbSize", 4, "tlb_size")),
          "tipvu",
        ),
      },
    },
  },
);

const arm = field(
  "arm",
  struct<ArmPlatform>(
    uint("maintenanceIrq", 1, "maintenance_irq"),
    uint("gicVersion", 1, "gic_version"),
    zeros("padding", 2),
    uint("gicdBase", 8, "gicd_base"),
    uint("giccBase", 8, "gicc_base"),
    uint("gichBase", 8, "gich_base"),
    uint("gicvBase", 8, "gicv_base"),
    uint("gicrBase", 8, "gicr_base"),
  ),
);

const x86 = field(
  "x86",
  struct<X86Platform>(
    uint("pmTimerAddress", 2, "pm_timer_address"),
    field("apicMode", { kind: "choice", bytes: 1, words: words.apicModes }, "apic_mode"),
    zeros("padding", 1),
    uint("vtdInterruptLimit", 4, "vtd_interrupt_limit"),
    uint("tscKhz", 4, "tsc_khz"),
    uint("apicKhz", 4, "apic_khz"),
  ),
);

// The fork's signatures are JHCELL and JHSYST: six letters, the last where mainline has the architecture.
const sixthLetter: Hints = { 84: "this is a system configuration of the real-time fork" };

type Key<T> = readonly Row<keyof T & string>[];

/** Signature, architecture and revision, which every file begins with. */
function identification(text: string, hints: Hints): readonly Row<"arch">[] {
  return [
    { name: "signature", form: { kind: "signature", text, hints } },
    field("arch", { kind: "choice", bytes: 1, words: words.architectures, hints: sixthLetter }, "architecture"),
    { name: "revision", form: { kind: "revision", bytes: 2, value: revision } },
  ];
}

/** The cell header behind its identification. */
const cellHeader: Key<CellConfig> = [
  field("name", { kind: "text", bytes: 32 }),
  uint("id", 4),
  field("flags", { kind: "flags", bytes: 4, words: words.cellFlags }),
  field("cpuSetSize", { kind: "uint", bytes: 4, max: 4096 }, "cpu_set_size"),
  count("memory", "num_memory_regions"),
  count("caches", "num_cache_regions"),
  count("irqchips", "num_irqchips"),
  count("ports", "num_pio_regions"),
  count("pciDevices", "num_pci_devices"),
  count("pciCaps", "num_pci_caps"),
  count("streamIds", "num_stream_ids"),
  uint("vpciIrqBase", 4, "vpci_irq_base"),
  uint("resetAddress", 8, "cpu_reset_address"),
  uint("replyTimeout", 8, "msg_reply_timeout"),
  field("console", console),
];

const cell: Key<CellConfig> = [
  ...identification("JHCLL", {
    JHSYS: "this is a system configuration, not a cell",
    JHCEL: "this is a cell of the real-time fork",
  }),
  ...cellHeader,
];

const system: Key<SystemConfig> = [
  ...identification("JHSYS", {
    JHCLL: "this is a cell, not a system configuration",
    JHCEL: "this is a cell of the real-time fork",
  }),
  field("flags", { kind: "flags", bytes: 4, words: words.systemFlags }),
  field("hypervisorMemory", memory, "hypervisor_memory"),
  field("debugConsole", console, "debug_console"),
  uint("pciMmconfigBase", 8, "platform_info.pci_mmconfig_base"),
  uint("pciMmconfigEndBus", 1, "platform_info.pci_mmconfig_end_bus"),
  field("pciIsVirtual", { kind: "boolean", bytes: 1 }, "platform_info.pci_is_virtual"),
  uint("pciDomain", 2, "platform_info.pci_domain"),
  field("iommus", { kind: "list", count: 8, of: iommu, trim: true }, "platform_info.iommu_units"),
  { name: "platform_info.arch", form: { kind: "union", bytes: 44, by: "arch", rows: { x86, arm, arm64: arm } } },
  // The system's own identification speaks for the root cell's, which stays empty.
  field("rootCell", struct<CellConfig>(zeros("signature, architecture, revision", 8), ...cellHeader), "root_cell"),
];

const element = (key: keyof CellConfig, name: string, of: Form) => ({ key, name, of });

export const mainline: Format = {
  name: "mainline",
  revision,
  cell,
  system,
  arrays: [
    field("cpus", { kind: "bitmap", bytes: { field: "cpuSetSize" } }, "cpu_set"),
    element("memory", "memory_regions", memory),
    element("caches", "cache_regions", cache),
    element("irqchips", "irqchips", irqchip),
    element("ports", "pio_regions", ports),
    element("pciDevices", "pci_devices", pciDevice),
    element("pciCaps", "pci_caps", pciCap),
    element("streamIds", "stream_ids", { kind: "uint", bytes: 4 }),
  ],
  uncounted: element("uncountedPciDevices", "trailing_pci_devices", pciDevice),
};
