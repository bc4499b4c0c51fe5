/** The two headers and the arrays behind them, which differ little between the formats. */
import type { CellConfig, SystemConfig } from "../model.ts";
import type { ArrayRow, Form, Format, Row, Words } from "./layout.ts";
import { count, field, struct, uint, zeros } from "./layout.ts";
import * as structures from "./structures.ts";
import * as words from "./words.ts";

type Key<T> = readonly Row<keyof T & string>[];

/** What a format has of its own. */
export interface Dialect {
  readonly name: string;
  readonly revision: number;
  /** What a cell's and a system's file begin with, 8 bytes: signature, architecture if the format has it, revision. */
  readonly cell: readonly Row<"arch">[];
  readonly system: readonly Row<"arch">[];
  readonly cellFlags: Words;
  readonly consoleTypes: Words;
  readonly consoleFlags: Words;
  readonly iommuTypes: Words;
  /** Whether there are coloured regions. */
  readonly colored: boolean;
}

export function format(dialect: Dialect): Format {
  const console = structures.console(dialect.consoleTypes, dialect.consoleFlags);
  const header = cellHeader(dialect, console);
  return {
    name: dialect.name,
    revision: dialect.revision,
    saysArch: dialect.cell.some(({ key }) => key === "arch"),
    identification: dialect.cell.length,
    cell: [...dialect.cell, ...header],
    system: [...dialect.system, ...systemHeader(dialect, console, header)],
    arrays: arrays(dialect.colored),
    absent: dialect.colored ? [] : ["colored"],
    uncounted: element(
      "uncountedPciDevices",
      "trailing_pci_devices",
      structures.pciDevice,
      "Devices at the end of the file that no count announces.",
    ),
  };
}

/** The cell header behind its identification. */
function cellHeader({ cellFlags, colored }: Dialect, console: Form): Key<CellConfig> {
  const coloredCount = count("colored", "num_memory_regions_colored", "Coloured memory regions.");
  return [
    field("name", "name", { kind: "text", bytes: 32 }, "The cell's name: up to 31 characters, padded with NULs."),
    uint("id", "id", 4, "0: the driver assigns it."),
    field("flags", "flags", { kind: "flags", bytes: 4, words: cellFlags }, "What is special about the cell."),
    field("cpuSetSize", "cpu_set_size", { kind: "uint", bytes: 4, max: 4096 }, "Bytes of the CPU bitmap."),
    count("memory", "num_memory_regions", "Memory regions."),
    count("caches", "num_cache_regions", "Cache regions."),
    count("irqchips", "num_irqchips", "Interrupt controllers."),
    count("ports", "num_pio_regions", "Port ranges."),
    count("pciDevices", "num_pci_devices", "PCI devices."),
    count("pciCaps", "num_pci_caps", "PCI capabilities."),
    count("streamIds", "num_stream_ids", "Stream ids."),
    uint(
      "vpciIrqBase",
      "vpci_irq_base",
      4,
      "Arm: the first SPI of four (SPI n: n), INTA to INTD of the virtual PCI bus.",
    ),
    uint("resetAddress", "cpu_reset_address", 8, "Where the cell's first CPU starts, cell address."),
    ...(colored ? [coloredCount] : []),
    uint("replyTimeout", "msg_reply_timeout", 8, "How many loops the hypervisor waits for a reply; 0: for ever."),
    field("console", "console", console, "The cell's console, which the communication region tells it."),
  ];
}

/** The system header behind its identification. */
function systemHeader(dialect: Dialect, console: Form, cell: Key<CellConfig>): Key<SystemConfig> {
  const { arm, memory, x86 } = structures;
  const iommus: Form = { kind: "list", count: 8, of: structures.iommu(dialect.iommuTypes), trim: true };
  const rows = { x86, arm, arm64: arm };
  // The system's own identification speaks for the root cell's, which stays empty.
  const noIdentification = zeros("signature, architecture, revision", 8, "Empty.");
  return [
    field("flags", "flags", { kind: "flags", bytes: 4, words: words.systemFlags }, "What the root cell may do."),
    field("hypervisorMemory", "hypervisor_memory", memory, "Where the hypervisor lives; virt_start and flags are 0."),
    field("debugConsole", "debug_console", console, "The hypervisor's own console."),
    uint("pciMmconfigBase", "platform_info.pci_mmconfig_base", 8, "Where PCI configuration space is; 0: no PCI."),
    uint("pciMmconfigEndBus", "platform_info.pci_mmconfig_end_bus", 1, "The last bus; each takes 1 MiB there."),
    field(
      "pciIsVirtual",
      "platform_info.pci_is_virtual",
      { kind: "boolean", bytes: 1 },
      "1: the host controller exists only in the hypervisor, for ivshmem devices.",
    ),
    uint("pciDomain", "platform_info.pci_domain", 2, "The domain as which Linux sees it; 0xffff: Linux chooses."),
    field("iommus", "platform_info.iommu_units", iommus, "Up to eight, 28 bytes each."),
    {
      name: "platform_info.arch",
      form: { kind: "union", bytes: 44, by: "arch", rows },
      meaning: "What the architecture needs, padded with zeros.",
    },
    field(
      "rootCell",
      "root_cell",
      struct<CellConfig>("root cell", noIdentification, ...cell),
      "The cell that Linux runs in: a cell header whose first 8 bytes are empty.",
    ),
  ];
}

function arrays(colored: boolean): Format["arrays"] {
  const { cache, irqchip, memory, pciCap, pciDevice, ports, streamId } = structures;
  const coloredRegions = element("colored", "memory_regions_colored", structures.colored, "Memory by colours.");
  return [
    field(
      "cpus",
      "cpu_set",
      { kind: "bitmap", bytes: { field: "cpuSetSize" } },
      "Bit n is Linux' logical CPU n; `cpu_set_size` bytes.",
    ),
    element("memory", "memory_regions", memory, "Memory and devices."),
    ...(colored ? [coloredRegions] : []),
    element("caches", "cache_regions", cache, "Share of the L3 cache (x86)."),
    element("irqchips", "irqchips", irqchip, "Interrupts."),
    element("ports", "pio_regions", ports, "I/O ports (x86)."),
    element("pciDevices", "pci_devices", pciDevice, "PCI devices."),
    element("pciCaps", "pci_caps", pciCap, "Their capabilities."),
    element("streamIds", "stream_ids", streamId, "What the IOMMU knows the cell's devices by (Arm)."),
  ];
}

function element(key: keyof CellConfig, name: string, of: Form, meaning: string): ArrayRow {
  return { key, name, of, meaning };
}
