/** The hypervisor and the root cell. */
import { range } from "../define/checks.ts";
import { io } from "../define/regions.ts";
import type { MemorySpec, SystemSpec } from "../define/specs.ts";
import * as j7 from "../soc-k3/jacinto7.ts";
import { ios, unused } from "../soc-k3/k3.ts";
import { devices, windows } from "./machine.ts";

/** The fork is older: it has no link of the ivshmem demos, and the network at the beginning of their memory. */
export const rtNetworkLink = { ...j7.networkLink, base: 0x89fe00000, domain: 3 };

const wakeup = windows.wakeup["wkup-peripherals"];

/** Root's memory; `other` is what the fork has in another way. */
const memory = (
  other: Readonly<Record<"usb" | "gpu" | "wakeup", readonly MemorySpec[]>>,
  loaders: { readonly address: number; readonly size: string },
): MemorySpec[] => [
  ...ios(windows.system),
  ...other.usb,
  ...ios(windows.main),
  ...j7.dma(windows.pcie),
  ...ios(windows.dsp),
  ...other.gpu,
  ...ios(windows.mcu),
  ...j7.dma(windows.mcuSram),
  ...other.wakeup,
  ...ios(windows.mcuHigh),
  ...j7.dma(windows.flash),
  ...j7.rootRam(loaders),
];

export const system: SystemSpec = {
  hypervisorMemory: j7.hypervisorMemory,
  pci: j7.pci,
  iommus: [{ type: "smmuv3", base: 0x36600000, size: "1M" }, j7.pvu(0), j7.pvu(1), j7.pvu(3)],
  root: {
    cpus: [0, 1],
    pciInterrupt: j7.rootIntA,
    interrupts: [...range(32, 671), ...range(800, 927)],
    ivshmem: j7.rootLinks,
    streamIds: [0x2, 0xf002, ...range(0x100, 0x10f), ...range(0x4100, 0x4105), ...range(0x8100, 0x8105)],
    memory: [
      ...memory(
        { usb: [], gpu: ios(windows.gpu), wakeup: [io(wakeup)] },
        { address: j7.loader.physical, size: j7.loader.size },
      ),
      unused,
      unused,
      unused,
    ],
  },
};

export const rtSystem: Partial<SystemSpec> = {
  pci: { ...j7.pci, domain: rtNetworkLink.domain },
  root: {
    ivshmem: [{ link: rtNetworkLink, id: 0, rootshared: true }],
    memory: memory(
      {
        // They lie in the window of the main peripherals, too.
        usb: [io(devices.usb0), io({ address: devices.usb1.address, size: "4M" })],
        // Twice: as device memory, and as memory that is cached.
        gpu: [...ios(windows.gpu), ...j7.dma(windows.gpu)],
        wakeup: [io({ address: wakeup.address, size: 0x3ac3000 })],
      },
      // The network's sections, too.
      { address: 0x89fe00000, size: "2M" },
    ),
  },
};
