/** The stock cells. */
import { range } from "../define/checks.ts";
import { io, ram } from "../define/regions.ts";
import type { CellSpec, MemorySpec } from "../define/specs.ts";
import * as j7 from "../soc-k3/jacinto7.ts";
import { ios, secureProxy } from "../soc-k3/k3.ts";
import { devices, display, usb, windows } from "./machine.ts";
import { rtNetworkLink } from "./system.ts";

/** What linux-demo has in both formats; root keeps some of it, too. */
const basics: readonly MemorySpec[] = [
  io(windows.system["ctrl-mmr"], "rootshared"),
  io(devices["main-uart1"]),
  io(devices.sdhci0, "rootshared"),
  io(devices["sdhci0-subsystem"], "rootshared"),
];
const gpioAndProxy: readonly MemorySpec[] = [io(devices.gpio2), io(devices.gpio3), ...ios(secureProxy)];

const linuxDemo = {
  ...j7.linuxDemo,
  interrupts: [
    devices.sdhci0.interrupt,
    secureProxy["secure-proxy-data"].interrupt,
    // The USB controller's host, peripheral and OTG.
    usb.usb1.interrupt,
    142,
    153,
    // INTA to INTD of the virtual PCI bus.
    ...range(j7.cellIntA, j7.cellIntA + 3),
    devices["main-uart1"].interrupt,
    ...j7.gpioInterrupts,
  ],
  // An entry that names no interrupt is in the reference's list.
  irqchips: [{ pinBase: 544, pins: [] }],
  streamIds: [0x3, 0xf003],
  memory: [...basics, ...ios(usb), ...gpioAndProxy, ram(j7.loader, "loadable"), j7.linuxRam],
} satisfies CellSpec;

export const cells = {
  "k3-j721e-evm-inmate-demo": { ...j7.inmateDemo, name: "inmate-demo" },
  "k3-j721e-evm-linux-demo": linuxDemo,
} as const;

const rtLoader = { ...j7.loader, physical: 0x89ff00000 };

/** The fork's demo has no link; its Linux has the video decoder, GPU and display instead of USB. */
export const rtCells = {
  "k3-j721e-evm-inmate-demo": {
    ram: { physical: rtLoader.physical, size: rtLoader.size },
    ivshmem: [],
    interrupts: [],
    // 0 in the file: there is no virtual PCI bus.
    pciInterrupt: 32,
  },
  "k3-j721e-evm-linux-demo": {
    // Domain 0 while root has it in domain 3: the hypervisor connects devices of equal bus, device and function.
    ivshmem: [{ link: rtNetworkLink, id: 1, domain: 0 }],
    memory: [
      ...basics,
      ...gpioAndProxy,
      io(devices["video-decoder"]),
      ...ios(windows.gpu),
      ...ios(display),
      ram(rtLoader, "loadable"),
      j7.linuxRam,
    ],
  },
} satisfies Record<string, CellSpec>;
