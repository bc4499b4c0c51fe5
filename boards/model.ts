/**
 * What a configuration file says, decoded without loss: `decodeCell` makes these values from bytes, `encodeCell` the
 * same bytes from them. Addresses, sizes and whatever else has 64 bits are bigints; flags are lists of words.
 */
import type {
  ApicMode,
  Arch,
  CacheFlag,
  CacheType,
  CellFlag,
  ConsoleFlag,
  ConsoleType,
  IommuType,
  MemoryFlag,
  MsiFlag,
  PciCapFlag,
  PciCapId,
  PciDeviceType,
  ShmemProtocol,
  SystemFlag,
} from "./format/words.ts";

export interface MemoryRegion {
  /** Where the memory is (the root cell's address); 0 for the comm region. */
  readonly physical: bigint;
  /** Where the cell sees it. */
  readonly address: bigint;
  /** Bytes. */
  readonly size: bigint;
  readonly flags: readonly MemoryFlag[];
}

/** Real-time fork: memory of some colours of the last cache level that CPUs share, put together to one region. */
export interface ColoredRegion extends MemoryRegion {
  /** Bit mask; of C colours, bit C - 1 is colour 0, the lowest 4 KiB page of each period. */
  readonly colors: bigint;
}

/** Intel CAT: a share of the L3 cache, in bits of the capacity mask. */
export interface CacheRegion {
  readonly start: number;
  readonly size: number;
  readonly type: CacheType;
  readonly flags: readonly CacheFlag[];
}

/** Pins of one interrupt controller. */
export interface Irqchip {
  /** The distributor (GICD) or the IOAPIC. */
  readonly address: bigint;
  /** x86: IOMMU unit << 16 | the IOAPIC's requester BDF. Arm: 0. */
  readonly id: number;
  /** The first of the 128 pins that this entry can name. */
  readonly pinBase: number;
  /** Arm: GIC interrupt IDs (SPI n has ID n + 32). x86: IOAPIC inputs. */
  readonly pins: readonly number[];
}

/** x86 I/O ports. */
export interface PortRange {
  readonly base: number;
  readonly length: number;
}

export interface PciDevice {
  readonly type: PciDeviceType;
  /** Index of the IOMMU unit (x86). */
  readonly iommu: number;
  readonly domain: number;
  /** Bus, device and function as lspci writes them: "00:01.0". */
  readonly bdf: string;
  /** The bits of the six BARs that the cell can write. */
  readonly barMasks: readonly number[];
  /** Index of the first of the device's `pciCaps`, and how many there are. */
  readonly capsStart: number;
  readonly capsCount: number;
  readonly msiVectors: number;
  readonly msiFlags: readonly MsiFlag[];
  readonly msixVectors: number;
  readonly msixRegionSize: number;
  readonly msixAddress: bigint;
  /** ivshmem: index of the state table's region in `memory`; the other sections follow it. */
  readonly shmemRegionsStart: number;
  readonly shmemId: number;
  readonly shmemPeers: number;
  readonly shmemProtocol: ShmemProtocol;
}

export interface PciCap {
  readonly id: PciCapId;
  /** Offset in configuration space and length, bytes. */
  readonly start: number;
  readonly length: number;
  readonly flags: readonly PciCapFlag[];
}

/** A UART, in the part that the hypervisor hands to its user. */
export interface Console {
  readonly type: ConsoleType;
  readonly flags: readonly ConsoleFlag[];
  /** Memory address or, without the flag "mmio", port. */
  readonly address: bigint;
  /** Bytes of memory; only the hypervisor's own console needs it. */
  readonly size: number;
  /** Divider of the baud rate; 0 leaves the UART as it was set up by others. */
  readonly divider: number;
  /** Bit `gateNr` of the 32-bit register at `clockReg` switches the UART's clock; 0: there is none. */
  readonly gateNr: number;
  readonly clockReg: bigint;
}

export interface CellConfig {
  readonly kind: "cell";
  readonly arch: Arch;
  readonly name: string;
  /** 0: the driver assigns it. */
  readonly id: number;
  readonly flags: readonly CellFlag[];
  /** Linux' logical CPU numbers, and the bytes of their bitmap (8 in every file known). */
  readonly cpus: readonly number[];
  readonly cpuSetSize: number;
  /** Entry point, cell address. */
  readonly resetAddress: bigint;
  /** Loop iterations that the hypervisor waits for a reply; 0: for ever. */
  readonly replyTimeout: bigint;
  /** Arm: the first SPI of four for INTA to INTD of the virtual PCI bus (an SPI number: interrupt ID - 32). */
  readonly vpciIrqBase: number;
  readonly console: Console;
  readonly memory: readonly MemoryRegion[];
  /** Only the real-time fork's format has them. */
  readonly colored: readonly ColoredRegion[];
  readonly caches: readonly CacheRegion[];
  readonly irqchips: readonly Irqchip[];
  readonly ports: readonly PortRange[];
  readonly pciDevices: readonly PciDevice[];
  readonly pciCaps: readonly PciCap[];
  /** IOMMU stream ids; for an MMU-500: id | bits to ignore << 16. */
  readonly streamIds: readonly number[];
  /** Devices at the end of the file that its header does not count: dead, but part of some reference files. */
  readonly uncountedPciDevices: readonly PciDevice[];
}

export interface Iommu {
  readonly type: IommuType;
  readonly base: bigint;
  readonly size: number;
  /** With type "amd". */
  readonly amd?: { readonly bdf: string; readonly baseCap: number; readonly msiCap: number; readonly features: number };
  /** With type "pvu". */
  readonly pvu?: { readonly tlbBase: bigint; readonly tlbSize: number };
}

export interface ArmPlatform {
  readonly maintenanceIrq: number;
  readonly gicVersion: number;
  readonly gicdBase: bigint;
  readonly giccBase: bigint;
  readonly gichBase: bigint;
  readonly gicvBase: bigint;
  readonly gicrBase: bigint;
}

export interface X86Platform {
  readonly pmTimerAddress: number;
  readonly apicMode: ApicMode;
  readonly vtdInterruptLimit: number;
  /** 0: the driver fills in what Linux calibrated. */
  readonly tscKhz: number;
  readonly apicKhz: number;
}

export interface SystemConfig {
  readonly kind: "system";
  readonly arch: Arch;
  readonly flags: readonly SystemFlag[];
  /** Only `physical` and `size` are used. */
  readonly hypervisorMemory: MemoryRegion;
  readonly debugConsole: Console;
  readonly pciMmconfigBase: bigint;
  readonly pciMmconfigEndBus: number;
  /** The PCI host controller exists only in the hypervisor. */
  readonly pciIsVirtual: boolean;
  /** 0xffff: Linux chooses. */
  readonly pciDomain: number;
  readonly iommus: readonly Iommu[];
  /** On arm and arm64. */
  readonly arm?: ArmPlatform;
  /** On x86. */
  readonly x86?: X86Platform;
  readonly rootCell: CellConfig;
}
