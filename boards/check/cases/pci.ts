/** Mistakes with PCI devices. */
import { arm64 } from "./arm64.ts";
import { type Case, endpoint } from "./fixture.ts";
import { bar, cell, msi, other, sound, x86 } from "./x86.ts";

const [, link] = cell.pciDevices;
const withSound = (changes: Partial<typeof sound>) => x86({ cell: { pciDevices: [{ ...sound, ...changes }, link!] } });

export const pciCases: readonly Case[] = [
  {
    mistake: "a device that Linux does not have",
    id: "pci-device-not-in-root",
    set: withSound({ bdf: "00:19.0" }),
    files: ["demo.cell", "sys.cell"],
    message: "cell demo has PCI device 00:19.0, which root cell q35 does not have",
    remedy: "correct bus, device and function, or add the device to root cell q35",
  },
  {
    mistake: "a device of another domain",
    id: "pci-domain-differs",
    set: withSound({ domain: 1 }),
    files: ["demo.cell", "sys.cell"],
    message: "cell demo has PCI device 00:1b.0 in domain 1, root cell q35 in domain 0",
    remedy: "write domain 0",
  },
  {
    mistake: "two devices at one address",
    id: "pci-device-twice",
    set: x86({ cell: { pciDevices: [sound, link!, { ...sound, domain: 1 }] } }),
    also: ["pci-domain-differs"],
    message: "cell demo has two PCI devices 00:1b.0: device in domain 0, device in domain 1",
    remedy: "give one of them another address: the hypervisor does not look at the domain",
  },
  {
    mistake: "one device for two",
    id: "pci-device-in-two-cells",
    set: x86({ other: { ...other, pciDevices: [sound], pciCaps: [msi] } }),
    files: ["demo.cell", "other.cell"],
    message: "cell demo and cell other both have PCI device 00:1b.0",
    remedy: "leave it to one of them",
  },
  {
    mistake: "a BAR of another size",
    id: "pci-bars-differ",
    set: withSound({ barMasks: [0xfffff000, 0, 0, 0, 0, 0] }),
    files: ["demo.cell", "sys.cell"],
    message: "cell demo has BAR 0 of PCI device 00:1b.0 with mask 0xfffff000, root cell q35 with 0xffffc000",
    remedy: "write 0xffffc000",
  },
  {
    mistake: "more vectors than the device has",
    id: "pci-msi-differs",
    set: withSound({ msiVectors: 4 }),
    files: ["demo.cell", "sys.cell"],
    message: "cell demo has PCI device 00:1b.0 with msiVectors 4, root cell q35 with 1",
    remedy: "write 1",
  },
  {
    mistake: "another MSI-X table",
    id: "pci-msi-differs",
    set: withSound({ msixAddress: 0xfea99000n }),
    files: ["demo.cell", "sys.cell"],
    message: "cell demo has PCI device 00:1b.0 with msixAddress 0xfea99000, root cell q35 with 0xfea98000",
    remedy: "write 0xfea98000",
  },
  {
    mistake: "a capability elsewhere",
    id: "pci-caps-differ",
    set: x86({ cell: { pciCaps: [{ ...msi, start: 0x70 }] } }),
    files: ["demo.cell", "sys.cell"],
    message: "cell demo has PCI device 00:1b.0 with msi at 0x70 (14 bytes), root cell q35 without it",
    remedy: "take the list of root cell q35: msi at 0x60 (14 bytes)",
  },
  {
    mistake: "capabilities that are not listed",
    id: "pci-caps-out-of-range",
    set: withSound({ capsCount: 2 }),
    message: "cell demo: PCI device 00:1b.0 has capabilities 0-1, the cell 1",
    remedy: "correct the device's first capability or their number",
  },
  {
    mistake: "a virtual device on a bus that is not there",
    id: "pci-bus-out-of-range",
    set: arm64({
      root: { pciDevices: [endpoint(0, { domain: 1, bdf: "01:00.0" })] },
      cell: { pciDevices: [endpoint(1, { domain: 1, bdf: "00:00.0" })] },
    }),
    also: ["ivshmem-alone"],
    files: ["sys.cell"],
    message: "root cell virt has PCI device 01:00.0, but the system's MMCONFIG ends with bus 00",
    remedy: "correct the device's bus, or the system's MMCONFIG",
  },
  {
    mistake: "virtual devices without an MMCONFIG",
    id: "pci-bus-out-of-range",
    set: arm64({ system: { pciMmconfigBase: 0n, pciIsVirtual: false }, root: { pciDevices: [] } }),
    also: ["ivshmem-alone"],
    message: "cell demo has PCI device 00:00.0, but the system no MMCONFIG",
    remedy: "correct the device's bus, or the system's MMCONFIG",
  },
  {
    mistake: "an MSI-X table that the cell can write",
    id: "msix-table-granted",
    set: x86({ cell: { memory: cell.memory.map((one) => (one === bar ? { ...bar, size: 0x8000n } : one)) } }),
    message:
      "cell demo: memory[7] memory 0xfea94000-0xfea9bfff overlaps the MSI-X table of PCI device 00:1b.0 at 0xfea98000",
    remedy: "leave the table's pages out",
  },
];
