/**
 * QEMU's "q35" machine with an Intel IOMMU, e1000e, HDA and a virtio file system, as the references want it. Its
 * firmware places the BARs, so they depend on QEMU's version and devices.
 */
import type { Device, PciSpec, QemuMachine } from "../define/specs.ts";
import type { PciCap } from "../model.ts";
import { cap, msi, msix } from "../pc/pci.ts";

export const qemu: QemuMachine = {
  program: "qemu-system-x86_64",
  machine: "q35",
  machineOptions: {},
  // QEMU emulates AMD's SVM, not VT-x: so the hypervisor runs on every host.
  cpu: "qemu64,+svm,+npt",
  cpus: 4,
  memory: { address: 0n, size: 0x40000000n },
};

export const ioapic = { address: 0xfec00000, id: 0xff00 };

/**
 * What root gets of the BARs, in the order that it has them; pages with an MSI-X table are left out.
 * @param prefetchable where 64-bit BARs are
 * @param first where the others begin, the biggest first
 * @param last the pages behind VGA's registers; a bridge's may lie between
 */
function bars(prefetchable: bigint, first: bigint, last: bigint) {
  return {
    "vga-framebuffer": { address: 0xfd000000n, size: 0x1000000n },
    "virtio-9p": { address: prefetchable, size: 0x4000n },
    "e1000e-rom": { address: first, size: 0x40000n },
    e1000e: { address: first + 0x40000n, size: 0x20000n },
    "e1000e-flash": { address: first + 0x60000n, size: 0x20000n },
    "e1000e-msix": { address: first + 0x91000n, size: 0x3000n },
    hda: { address: first + 0x94000n, size: 0x4000n },
    vga: { address: first + 0x98000n, size: 0x1000n },
    sata: { address: last, size: 0x1000n },
    hpet: { address: 0xfed00000n, size: 0x1000n },
  } satisfies Record<string, Device>;
}

export const mainlineBars = bars(0xfe200000n, 0xfea00000n, 0xfea9a000n);
/** Of an older QEMU, and without the bridge. The demo cells of both formats have HDA's place of here. */
export const rtBars = bars(0xfe000000n, 0xfeb40000n, 0xfebd9000n);

export const devices = {
  ...mainlineBars,
  ioapic: { address: BigInt(ioapic.address), size: 0x1000n },
  iommu: { address: 0xfed90000n, size: 0x1000n },
  "pcie-ecam": { address: 0xb0000000n, size: 0x10000000n },
} satisfies Record<string, Device>;

const hdaMsi = cap("msi", 0x60, 14, "write");
const e1000eMsi = cap("msi", 0xd0, 14, "write");
const capabilities = {
  // The second is none: HDA's own registers from HDCTL on, which drivers write.
  hda: [hdaMsi, cap(0, 0x40, 16, "write")],
  sata: [cap("sata", 0xa8, 2), cap("msi", 0x80, 14, "write")],
  virtio9p: [cap("msix", 0x98, 12, "write")],
  e1000e: [
    cap("pm", 0xc8, 8, "write"),
    e1000eMsi,
    cap("exp", 0xe0, 20, "write"),
    cap("msix", 0xa0, 12, "write"),
    cap("ext-err", 0x100, 4),
    cap("ext-dsn", 0x140, 4),
  ],
  bridge: [
    cap("msi", 0x8c, 24, "write"),
    cap("pm", 0x84, 8, "write"),
    cap("exp", 0x48, 60),
    cap(12, 0x40, 2), // PCI hot-plug
    cap("ext-err", 0x100, 64),
  ],
} satisfies Record<string, readonly PciCap[]>;

/** The references list the capabilities of these first. */
export const firstCapabilities = [capabilities.hda, capabilities.sata, capabilities.virtio9p];
export const e1000eCapabilities = capabilities.e1000e;

const bridge: PciSpec = {
  bdf: "00:03.0",
  type: "bridge",
  barMasks: [0xffffff00],
  capabilities: capabilities.bridge,
  msiVectors: 1,
  msiFlags: ["64bit", "maskable"],
};

/** Root's devices; mainline's has the bridge to the bus of the ivshmem devices among them. */
function pciDevices(places: ReturnType<typeof bars>, bridges: readonly PciSpec[]): PciSpec[] {
  const e1000eBars = [0xfffe0000, 0xfffe0000, 0xffffffe0, 0xffffc000];
  const virtioBars = [0xffffffe0, 0xfffff000, 0, 0, 0xffffc000, 0xffffffff];
  const e1000eTable = places["e1000e-msix"].address - 0x1000n;
  const virtioTable = places.sata.address + 0x1000n;
  return [
    { bdf: "00:01.0" }, // VGA
    { bdf: "00:02.0", barMasks: e1000eBars, capabilities: capabilities.e1000e, ...msi(), ...msix(5, e1000eTable) },
    ...bridges,
    { bdf: "00:1b.0", capabilities: capabilities.hda, ...msi() },
    { bdf: "00:1f.0" }, // LPC
    { bdf: "00:1f.2", capabilities: capabilities.sata, ...msi() },
    { bdf: "00:1f.3" }, // SMBus
    { bdf: "00:1f.7", barMasks: virtioBars, capabilities: capabilities.virtio9p, ...msix(2, virtioTable) },
  ];
}

export const mainlinePci = pciDevices(mainlineBars, [bridge]);
export const rtPci = pciDevices(rtBars, []);

/** What the demo cells get: MSI, and no other capability. The root cell knows of no e1000. */
export const hda: PciSpec = { bdf: "00:1b.0", capabilities: [hdaMsi], ...msi() };
export const e1000: PciSpec = { bdf: "00:19.0", capabilities: [e1000eMsi], ...msi() };
export const e1000Bar: Device = { address: 0xfebc0000n, size: 0x20000n };
