/** What the boards with AMD's APUs have in common: functions of the processor and its FCH, and their capabilities. */
import { range } from "../define/checks.ts";
import type { ConsoleSpec, MemorySpec, PciSpec, SystemSpec } from "../define/specs.ts";
import type { PciCap } from "../model.ts";
import { bar, cap, ports, timer } from "./pci.ts";

export const gpu: readonly PciCap[] = [
  cap("vndr", 0x48, 2),
  cap("pm", 0x50, 8, "write"),
  cap("exp", 0x58, 2),
  cap("msi", 0xa0, 14, "write"),
];

export const rootPort: readonly PciCap[] = [
  cap("pm", 0x50, 8, "write"),
  cap("exp", 0x58, 2),
  cap("msi", 0xa0, 14, "write"),
  cap("ssvid", 0xb0, 2),
  cap("ht", 0xb8, 2),
];

export const xhci: readonly PciCap[] = [
  cap("pm", 0x50, 8, "write"),
  cap("msi", 0x70, 14, "write"),
  cap("msix", 0x90, 12, "write"),
  cap("exp", 0xa0, 2),
];

const ehci: readonly PciCap[] = [cap("pm", 0xc0, 8, "write"), cap("dbg", 0xe4, 2)];

/** The controllers of the FCH from USB 2 on. */
export const fch: readonly PciSpec[] = [
  { bdf: "00:12.0" }, // OHCI, EHCI
  { bdf: "00:12.2", capabilities: ehci },
  { bdf: "00:13.0" }, // OHCI, EHCI
  { bdf: "00:13.2", capabilities: ehci },
  { bdf: "00:14.0" }, // SMBus
  { bdf: "00:14.2", capabilities: [cap("pm", 0x50, 8, "write")] },
  { bdf: "00:14.3" }, // LPC
];

/** Realtek's Ethernet controllers on the boards. */
export const lan: readonly PciCap[] = [
  cap("pm", 0x40, 8, "write"),
  cap("msi", 0x50, 14, "write"),
  cap("exp", 0x70, 2),
  cap("msix", 0xb0, 12, "write"),
  cap("vpd", 0xd0, 2),
];

/** The processor's northbridge: six functions, of which the one for "miscellaneous control" has a capability. */
export const northbridge: readonly PciSpec[] = range(0, 5).map((number) => ({
  bdf: `00:18.${number}`,
  ...(number === 3 && { capabilities: [cap("secdev", 0xf0, 2)] }),
}));

/** Root's ports behind the interrupt controllers': from 0x3e0 on all but PCI's 0xcf8 to 0xcff. */
export const legacyPorts = [
  // PIT, port 0x61 for NMI, keyboard controller, RTC, VGA.
  ports(0x40, 4),
  ports(0x60, 2),
  ports(0x64, 1),
  ports(0x70, 2),
  ports(0x3b0, 0x30),
  ports(0x3e0, 0x918),
  ports(0xd00, 0xf300),
];

/** Device memory in the places that the firmware of both boards gives it, in groups by address. */
export const places = {
  gpu: {
    "gpu-framebuffer": { address: 0xc0000000n, size: 0x10000000n },
    "gpu-doorbells": { address: 0xd0000000n, size: 0x800000n },
  },
  gpuAndAudio: {
    "gpu-registers": { address: 0xfeb00000n, size: 0x40000n },
    "gpu-rom": { address: 0xfeb40000n, size: 0x20000n },
    "hdmi-audio": { address: 0xfeb60000n, size: 0x4000n },
    hda: { address: 0xfeb64000n, size: 0x4000n },
  },
  system: {
    hpet: { address: 0xfed00000n, size: 0x1000n },
    "firmware-reserved": { address: 0xfed61000n, size: 0x10000n },
  },
};

const inmateMemory = { physical: 0x3f000000, size: "2M" };

/** The memory that root keeps for inmates, the last in its list. */
export const inmateRegion: MemorySpec = bar({ address: inmateMemory.physical, size: inmateMemory.size });

export const system = {
  hypervisorMemory: { physical: 0x3a000000, size: "6M" },
  pci: { mmconfigBase: 0xe0000000, endBus: 255 },
  x86: { pmTimer: 0x808 },
} satisfies Partial<SystemSpec>;

const com1: ConsoleSpec = { type: "8250", address: 0x3f8 };

/** What `defineBoard` is told of both. */
export const board = {
  arch: "x86",
  consoles: { debug: com1, inmate: com1 },
  timer,
  inmateMemory,
  kernelArguments: ["memmap=82M$0x3a000000"],
  cells: {},
} as const;

export const notes = [
  "Neither Jailhouse has cells for the board; inmates get the 2 MiB that root keeps for them.",
  "Root's RAM reaches 16 MiB into the reserved memory, over the hypervisor's, as the reference has it.",
];
