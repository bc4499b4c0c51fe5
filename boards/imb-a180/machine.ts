/** The board's devices as lspci and /proc/iomem show them. */
import type { Device, PciSpec } from "../define/specs.ts";
import type { PciCap } from "../model.ts";
import * as apu from "../pc/amd-apu.ts";
import { cap } from "../pc/pci.ts";

/** BARs and other device memory, by address. */
export const devices = {
  "graphics-memory": { address: 0xa0000000n, size: 0x20000000n },
  ...apu.places.gpu,
  // The references give the MSI-X tables of the LANs and the xHCI away with the BARs: they use no MSI.
  "lan0-msix": { address: 0xd0800000n, size: 0x4000n },
  lan0: { address: 0xd0804000n, size: 0x1000n },
  "lan1-msix": { address: 0xd0900000n, size: 0x4000n },
  // The three further functions of the first LAN's chip.
  "lan0-function3-msix": { address: 0xfea00000n, size: 0x4000n },
  "lan0-function2-msix": { address: 0xfea04000n, size: 0x4000n },
  "lan0-function1-msix": { address: 0xfea08000n, size: 0x4000n },
  "lan0-function3": { address: 0xfea0c000n, size: 0x1000n },
  "lan0-function2": { address: 0xfea0d000n, size: 0x1000n },
  "lan0-function1": { address: 0xfea0e000n, size: 0x1000n },
  lan1: { address: 0xfea0f000n, size: 0x1000n },
  ...apu.places.gpuAndAudio,
  xhci: { address: 0xfeb68000n, size: 0x2000n },
  ehci1: { address: 0xfeb6a000n, size: 0x1000n },
  ohci1: { address: 0xfeb6b000n, size: 0x1000n },
  ehci0: { address: 0xfeb6c000n, size: 0x1000n },
  ohci0: { address: 0xfeb6d000n, size: 0x1000n },
  sata: { address: 0xfeb6e000n, size: 0x1000n },
  ...apu.places.system,
} satisfies Record<string, Device>;

const sata: readonly PciCap[] = [
  cap("pm", 0x60, 8, "write"),
  cap("sata", 0x70, 2),
  cap("msi", 0x50, 14, "write"),
  cap("af", 0xd0, 2),
];

export const pci: readonly PciSpec[] = [
  { bdf: "00:00.0" }, // host bridge
  { bdf: "00:01.0", capabilities: apu.gpu }, // Radeon HD 8000
  { bdf: "00:01.1", capabilities: apu.gpu }, // its HDMI audio
  { bdf: "00:02.0" }, // host bridge of the PCI Express ports
  { bdf: "00:02.3", type: "bridge", capabilities: apu.rootPort }, // to LAN 0
  { bdf: "00:02.4", type: "bridge", capabilities: apu.rootPort }, // to LAN 1
  { bdf: "00:10.0", capabilities: apu.xhci },
  { bdf: "00:11.0", capabilities: sata },
  ...apu.fch,
  ...apu.northbridge,
  ...["01:00.0", "01:00.1", "01:00.2", "01:00.3", "02:00.0"].map((bdf) => ({ bdf, capabilities: apu.lan })),
];
