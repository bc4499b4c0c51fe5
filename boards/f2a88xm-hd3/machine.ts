/** The board's devices as lspci and /proc/iomem show them. */
import type { Device, PciSpec } from "../define/specs.ts";
import type { PciCap } from "../model.ts";
import * as apu from "../pc/amd-apu.ts";
import { cap, msi, msix } from "../pc/pci.ts";

/** BARs and other device memory, by address. */
export const devices = {
  ...apu.places.gpu,
  // The page before it is the MSI-X table.
  "lan-msix": { address: 0xd0801000n, size: 0x3000n },
  lan: { address: 0xfea00000n, size: 0x1000n },
  ...apu.places.gpuAndAudio,
  // Behind each xHCI's page lies its MSI-X table.
  xhci1: { address: 0xfeb68000n, size: 0x1000n },
  xhci0: { address: 0xfeb6a000n, size: 0x1000n },
  ohci2: { address: 0xfeb6c000n, size: 0x1000n },
  ehci1: { address: 0xfeb6d000n, size: 0x1000n },
  ohci1: { address: 0xfeb6e000n, size: 0x1000n },
  ehci0: { address: 0xfeb6f000n, size: 0x1000n },
  ohci0: { address: 0xfeb70000n, size: 0x1000n },
  sata: { address: 0xfeb71000n, size: 0x1000n },
  iommu: { address: 0xfeb80000n, size: 0x80000n },
  ...apu.places.system,
} satisfies Record<string, Device>;

const sata: readonly PciCap[] = [cap("msi", 0x50, 14, "write"), cap("sata", 0x70, 2)];

export const pci: readonly PciSpec[] = [
  { bdf: "00:00.0" }, // host bridge
  { bdf: "00:01.0", capabilities: apu.gpu, ...msi() }, // Radeon R7
  { bdf: "00:01.1", capabilities: apu.gpu, ...msi() }, // its HDMI audio
  { bdf: "00:02.0" }, // host bridges of the PCI Express ports
  { bdf: "00:03.0" },
  { bdf: "00:03.1", type: "bridge", capabilities: apu.rootPort, ...msi() }, // to the LAN
  { bdf: "00:04.0" },
  { bdf: "00:10.0", capabilities: apu.xhci, ...msi(8), ...msix(8, devices.xhci0.address + 0x1000n) },
  { bdf: "00:10.1", capabilities: apu.xhci, ...msi(8), ...msix(8, devices.xhci1.address + 0x1000n) },
  { bdf: "00:11.0", capabilities: sata, ...msi(8) },
  ...apu.fch,
  { bdf: "00:14.4", type: "bridge" }, // to PCI
  { bdf: "00:14.5" }, // OHCI
  ...apu.northbridge,
  { bdf: "01:00.0", capabilities: apu.lan, ...msi(), ...msix(4, devices["lan-msix"].address - 0x1000n) },
];

/** As its PCI function and ACPI's IVRS table have it. */
export const iommu = {
  type: "amd",
  base: devices.iommu.address,
  size: devices.iommu.size,
  amd: { bdf: "00:00.2", baseCap: 0x40, msiCap: 0x54, features: 0x80048824 },
} as const;

/** The IOMMU's, though no cell gets it. */
export const iommuCapabilities: readonly PciCap[] = [
  cap("secdev", 0x40, 2),
  cap("msi", 0x54, 14, "write"),
  cap("ht", 0x64, 2),
];
