/**
 * The words of the configuration format: what a flag bit or a type number is called in TypeScript, its value in the
 * file, and what it does. Console and UART names are those of the inmate command line's `con-type`.
 */
import type { Words } from "./layout.ts";

export const architectures = {
  x86: [0, "64-bit x86; the cell's CPUs start in real mode."],
  arm: [1, "Arm, AArch32."],
  arm64: [2, "Arm, AArch64."],
} as const satisfies Words;
export type Arch = keyof typeof architectures;

export const memoryFlags = {
  read: [0x1, "The cell may read."],
  write: [0x2, "The cell may write."],
  execute: [0x4, "The cell may run code there. Enforced on x86; on Arm all memory is executable."],
  dma: [0x8, "Also mapped for the cell's devices, by the IOMMU."],
  io: [0x10, "Device memory: on Arm an attribute of the mapping (stage 2), on x86 without effect."],
  comm: [0x20, "The communication region: a page of the hypervisor's; the physical address is not used, 0."],
  loadable: [0x40, "The root cell can write it between `cell load` and `cell start`."],
  rootshared: [0x80, "Not taken away from the root cell when the cell is created."],
  "no-hugepages": [0x100, "Mapped by 4 KiB pages only."],
  "io-unaligned": [0x8000, "Sub-page regions: accesses need not be aligned to their width."],
  io8: [0x10000, "Sub-page regions: 8-bit accesses are let through."],
  io16: [0x20000, "Sub-page regions: 16-bit accesses are let through."],
  io32: [0x40000, "Sub-page regions: 32-bit accesses are let through."],
  io64: [0x80000, "Sub-page regions: 64-bit accesses are let through."],
} as const satisfies Words;
export type MemoryFlag = keyof typeof memoryFlags;

export const rtCellFlags = {
  "passive-commreg": [0x1, "The hypervisor sends the cell no messages and takes every request as approved."],
  "test-device": [0x2, "x86, hypervisors built for tests: a page of test registers behind the communication region."],
  "virtual-console-permitted": [0x40000000, "The cell may print by hypercall 8."],
  "virtual-console-active": [
    0x80000000,
    "The cell should print by hypercall 8 unless told otherwise; the driver adds the permission.",
  ],
} as const satisfies Words;

const { "passive-commreg": passive, "test-device": test, ...virtualConsole } = rtCellFlags;
export const cellFlags = {
  "passive-commreg": passive,
  "test-device": test,
  aarch32: [0x4, "On an arm64 hypervisor: the cell's CPUs start in AArch32."],
  ...virtualConsole,
} as const satisfies Words;
export type CellFlag = keyof typeof cellFlags;

export const systemFlags = {
  "virtual-debug-console": [0x1, "The root cell may read the hypervisor's log (`jailhouse console`)."],
} as const satisfies Words;
export type SystemFlag = keyof typeof systemFlags;

const consolesInBoth = {
  none: [0, "No console."],
  EFIFB: [1, "EFI framebuffer; only the hypervisor prints there."],
  "8250": [2, "8250, 16550 and their kin."],
  PL011: [3, "Arm PrimeCell PL011."],
  XUARTPS: [4, "Cadence UART of Xilinx Zynq and ZynqMP."],
  MVEBU: [5, "Marvell Armada 3700."],
  HSCIF: [6, "Renesas high-speed serial interface with FIFO."],
  SCIFA: [7, "Renesas serial interface with FIFO, type A."],
  IMX: [8, "NXP i.MX UART."],
} as const satisfies Words;

export const consoleTypes = {
  ...consolesInBoth,
  "IMX-LPUART": [9, "NXP i.MX low-power UART."],
  SCIF: [10, "Renesas serial interface with FIFO."],
} as const satisfies Words;

export const rtConsoleTypes = {
  ...consolesInBoth,
  "S32-LINFLEX": [9, "NXP S32 LINFlexD; the inmate library has no driver for it."],
} as const satisfies Words;
export type ConsoleType = keyof typeof consoleTypes | keyof typeof rtConsoleTypes;

export const consoleFlags = {
  mmio: [0x1, "The address is memory; without it, an I/O port."],
  regdist4: [0x2, "Registers 4 bytes apart and 32 bits wide; without it, 1 byte and 8 bits."],
  "fb-1920x1080": [0x4, "The framebuffer has 1920x1080 pixels; without it, 1024x768."],
  "inverted-gate": [0x1000, "The clock runs while the gate bit is clear; without it, while it is set."],
  "mdr-quirk": [0x2000, "The 8250 runs only after a write to its mode register MDR1 (TI)."],
} as const satisfies Words;

export const rtConsoleFlags = {
  ...consoleFlags,
  "stray-type": [
    0x8,
    "Means nothing. Six systems of the fork carry the number of their console's type (8, 9) among the flags as well.",
  ],
} as const satisfies Words;
export type ConsoleFlag = keyof typeof rtConsoleFlags;

export const cacheTypes = {
  "l3-code": [1, "Code; refused."],
  "l3-data": [2, "Data; refused."],
  l3: [3, "Code and data: the only type that the hypervisor takes."],
} as const satisfies Words;
export type CacheType = keyof typeof cacheTypes;

export const cacheFlags = {
  rootshared: [0x1, "The root cell keeps the share, too."],
} as const satisfies Words;
export type CacheFlag = keyof typeof cacheFlags;

export const pciDeviceTypes = {
  device: [1, "A device of the machine."],
  bridge: [2, "A bridge: the cell sees its header and may not change it."],
  ivshmem: [3, "A virtual device of the hypervisor's: memory shared with other cells, and doorbells."],
} as const satisfies Words;
export type PciDeviceType = keyof typeof pciDeviceTypes;

export const msiFlags = {
  "64bit": [0x1, "The capability has a 64-bit address."],
  maskable: [0x2, "The capability has mask bits."],
} as const satisfies Words;
export type MsiFlag = keyof typeof msiFlags;

export const shmemProtocols = {
  undefined: [0, "Whatever the peers agree on."],
  veth: [1, "Virtual Ethernet."],
} as const satisfies Words;
export type ShmemProtocol = keyof typeof shmemProtocols | number;

const extended = 0x8000;

export const pciCapIds = {
  pm: [1, "Power management."],
  vpd: [3, "Vital product data."],
  msi: [5, "Message-signalled interrupts."],
  ht: [8, "HyperTransport."],
  vndr: [9, "Vendor-specific."],
  dbg: [10, "Debug port."],
  ssvid: [13, "Subsystem IDs of a bridge."],
  secdev: [15, "Secure device."],
  exp: [16, "PCI Express."],
  msix: [17, "MSI-X."],
  sata: [18, "SATA."],
  af: [19, "Advanced features (function-level reset)."],
  "ext-err": [extended | 1, "Advanced error reporting."],
  "ext-vc": [extended | 2, "Virtual channels."],
  "ext-dsn": [extended | 3, "Device serial number."],
  "ext-pwr": [extended | 4, "Power budgeting."],
  "ext-rcld": [extended | 5, "Root complex link declaration."],
  "ext-rcilc": [extended | 6, "Root complex internal link control."],
  "ext-rcec": [extended | 7, "Root complex event collector."],
  "ext-mfvc": [extended | 8, "Multi-function virtual channels."],
  "ext-vc9": [extended | 9, "Virtual channels of a device with several functions."],
  "ext-rcrb": [extended | 10, "Root complex register block."],
  "ext-vndr": [extended | 11, "Vendor-specific."],
  "ext-cac": [extended | 12, "Configuration access correlation."],
  "ext-acs": [extended | 13, "Access control services."],
  "ext-ari": [extended | 14, "Alternative routing-ID interpretation."],
  "ext-ats": [extended | 15, "Address translation services."],
  "ext-sriov": [extended | 16, "Single-root I/O virtualisation."],
  "ext-mriov": [extended | 17, "Multi-root I/O virtualisation."],
  "ext-mcast": [extended | 18, "Multicast."],
  "ext-pri": [extended | 19, "Page requests."],
  "ext-amd": [extended | 20, "Reserved for AMD."],
  "ext-rebar": [extended | 21, "Resizable BARs."],
  "ext-dpa": [extended | 22, "Dynamic power allocation."],
  "ext-tph": [extended | 23, "TLP processing hints."],
  "ext-ltr": [extended | 24, "Latency tolerance reporting."],
  "ext-secpci": [extended | 25, "Secondary PCI Express."],
  "ext-pmux": [extended | 26, "Protocol multiplexing."],
  "ext-pasid": [extended | 27, "Process address space IDs."],
  "ext-dpc": [extended | 29, "Downstream port containment."],
  "ext-l1ss": [extended | 30, "L1 power substates."],
  "ext-ptm": [extended | 31, "Precision time measurement."],
} as const satisfies Words;
export type PciCapId = keyof typeof pciCapIds | number;

export const pciCapFlags = {
  write: [0x1, "The cell may write it; without it, a write parks the cell's CPU."],
} as const satisfies Words;
export type PciCapFlag = keyof typeof pciCapFlags;

const iommusInBoth = {
  unused: [0, "None; the list ends here."],
  amd: [1, "AMD IOMMU."],
  intel: [2, "Intel VT-d."],
  smmuv3: [3, "Arm SMMUv3."],
  pvu: [4, "TI peripheral virtualization unit."],
} as const satisfies Words;

export const iommuTypes = {
  ...iommusInBoth,
  mmu500: [5, "Arm MMU-500, an SMMUv2; for its stream ids see there."],
} as const satisfies Words;

export const rtIommuTypes = {
  ...iommusInBoth,
  smmuv2: [5, "Arm SMMUv2, by the fork's own driver, whose stream ids are pairs."],
} as const satisfies Words;
export type IommuType = keyof typeof iommuTypes | keyof typeof rtIommuTypes;

export const apicModes = {
  auto: [0, "As the machine was found."],
  xapic: [1, "xAPIC."],
  x2apic: [2, "x2APIC."],
} as const satisfies Words;
export type ApicMode = keyof typeof apicModes;
