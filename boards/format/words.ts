/**
 * The words of the configuration format: what a flag bit or a type number is called in TypeScript, and its value in the
 * file. Console and UART names are those of the inmate command line's `con-type`.
 */

export const architectures = { x86: 0, arm: 1, arm64: 2 } as const;
export type Arch = keyof typeof architectures;

/** What a cell may do with a memory region, and what the hypervisor does with it. */
export const memoryFlags = {
  read: 0x1,
  write: 0x2,
  /** Enforced on x86; on Arm memory is always executable. */
  execute: 0x4,
  /** Also mapped into the cell's IOMMU. */
  dma: 0x8,
  /** Device memory: an attribute of stage 2 on Arm, without effect on x86. */
  io: 0x10,
  /** The communication region: backed by the hypervisor's page, its physical address is 0. */
  comm: 0x20,
  /** The root cell can write it between "load" and "start". */
  loadable: 0x40,
  /** Not taken away from the root cell. */
  rootshared: 0x80,
  /** Mapped by 4 KiB pages only. */
  "no-hugepages": 0x100,
  /** Sub-page regions (address or size not a multiple of 4 KiB): unaligned access, and the widths that are let through. */
  "io-unaligned": 0x8000,
  io8: 0x10000,
  io16: 0x20000,
  io32: 0x40000,
  io64: 0x80000,
} as const;
export type MemoryFlag = keyof typeof memoryFlags;

export const cellFlags = {
  /** The hypervisor sends no messages and takes every request as approved. */
  "passive-commreg": 0x1,
  /** x86, hypervisors built for tests: one more device page behind the comm region. */
  "test-device": 0x2,
  /** arm64: the cell's CPUs start in AArch32. */
  aarch32: 0x4,
  /** The cell may print by hypercall 8. */
  "virtual-console-permitted": 0x40000000,
  /** The cell should print by hypercall 8 unless told otherwise. */
  "virtual-console-active": 0x80000000,
} as const;
export type CellFlag = keyof typeof cellFlags;

export const systemFlags = {
  /** The root cell may read the hypervisor's log. */
  "virtual-debug-console": 0x1,
} as const;
export type SystemFlag = keyof typeof systemFlags;

export const consoleTypes = {
  none: 0,
  EFIFB: 1,
  "8250": 2,
  PL011: 3,
  XUARTPS: 4,
  MVEBU: 5,
  HSCIF: 6,
  SCIFA: 7,
  IMX: 8,
  "IMX-LPUART": 9,
  SCIF: 10,
} as const;
export type ConsoleType = keyof typeof consoleTypes;

export const consoleFlags = {
  /** The address is memory; without it, an I/O port. */
  mmio: 0x1,
  /** Registers 4 bytes apart and 32 bits wide; without it, 1 byte and 8 bits. */
  regdist4: 0x2,
  /** EFI framebuffer of 1920x1080; without it, 1024x768. */
  "fb-1920x1080": 0x4,
  /** The clock runs while the gate bit is clear. */
  "inverted-gate": 0x1000,
  /** The 8250 needs its MDR1 register written (TI). */
  "mdr-quirk": 0x2000,
} as const;
export type ConsoleFlag = keyof typeof consoleFlags;

export const cacheTypes = { "l3-code": 1, "l3-data": 2, l3: 3 } as const;
export type CacheType = keyof typeof cacheTypes;

export const cacheFlags = { rootshared: 0x1 } as const;
export type CacheFlag = keyof typeof cacheFlags;

export const pciDeviceTypes = { device: 1, bridge: 2, ivshmem: 3 } as const;
export type PciDeviceType = keyof typeof pciDeviceTypes;

export const msiFlags = { "64bit": 0x1, maskable: 0x2 } as const;
export type MsiFlag = keyof typeof msiFlags;

/** Numbers from 0x4000 are free for own protocols, those from 0x8000 are virtio's: they stay numbers. */
export const shmemProtocols = { undefined: 0, veth: 1 } as const;
export type ShmemProtocol = keyof typeof shmemProtocols | number;

const extended = 0x8000;

/** PCI capabilities; `ext-` ones are PCI Express extended capabilities. Others are given as numbers. */
export const pciCapIds = {
  pm: 1,
  vpd: 3,
  msi: 5,
  ht: 8,
  vndr: 9,
  dbg: 10,
  ssvid: 13,
  secdev: 15,
  exp: 16,
  msix: 17,
  sata: 18,
  af: 19,
  "ext-err": extended | 1,
  "ext-vc": extended | 2,
  "ext-dsn": extended | 3,
  "ext-pwr": extended | 4,
  "ext-vndr": extended | 11,
  "ext-acs": extended | 13,
  "ext-ari": extended | 14,
  "ext-ats": extended | 15,
  "ext-sriov": extended | 16,
  "ext-rebar": extended | 21,
  "ext-tph": extended | 23,
  "ext-ltr": extended | 24,
  "ext-secpci": extended | 25,
  "ext-pasid": extended | 27,
  "ext-l1ss": extended | 30,
  "ext-ptm": extended | 31,
} as const;
export type PciCapId = keyof typeof pciCapIds | number;

export const pciCapFlags = { write: 0x1 } as const;
export type PciCapFlag = keyof typeof pciCapFlags;

export const iommuTypes = { unused: 0, amd: 1, intel: 2, smmuv3: 3, pvu: 4, mmu500: 5 } as const;
export type IommuType = keyof typeof iommuTypes;

export const apicModes = { auto: 0, xapic: 1, x2apic: 2 } as const;
export type ApicMode = keyof typeof apicModes;
