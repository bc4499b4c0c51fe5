/** TI's AM654 industrial development kit. */
import { defineBoard } from "../define/board.ts";
import { range } from "../define/checks.ts";
import { io, ram } from "../define/regions.ts";
import type { CellSpec, MemorySpec, SystemSpec } from "../define/specs.ts";
import { notes, sharing } from "../soc-k3/am6.ts";
import { byName, ios, secureProxy, timer, uart } from "../soc-k3/k3.ts";
import { devices, gic, windows } from "./machine.ts";

const { pci, rootLinks, networkLink, hypervisorMemory, inmateMemory, inmateRam, inmateDemo, linuxDemo } =
  sharing(0x8e0000000);

/** Root's memory, of which the fork has some in another way. */
const memory = (linux: string, peripherals: readonly MemorySpec[], wakeup: readonly MemorySpec[]): MemorySpec[] => [
  ram({ address: 0x80000000, size: "2G" }),
  ram({ address: 0x880000000, size: linux }),
  inmateRam,
  ...ios(windows.system),
  ...peripherals,
  ...ios(windows.navss),
  ...wakeup,
  ...ios(windows.mcu),
];
/** The main domain's window without the GIC's distributor and first redistributor. */
const withoutGic = [
  io({ address: 0x1000000, size: 0x800000 }),
  io({ address: 0x1810000, size: 0x70000 }),
  io({ address: 0x18a0000, size: 0xa664000 }),
];

const system: SystemSpec = {
  hypervisorMemory,
  pci,
  root: {
    cpus: range(0, 3),
    pciInterrupt: 170,
    interrupts: range(32, 671),
    ivshmem: rootLinks,
    memory: memory("1530M", withoutGic, ios(windows.wakeup)),
  },
};

const mcuUart = devices["mcu-uart0"];
const linuxInterrupts = [secureProxy["secure-proxy-data"].interrupt, mcuUart.interrupt];

/** The fork is older: it has no link of the ivshmem demos. */
const rtSystem: Partial<SystemSpec> = {
  root: {
    ivshmem: rootLinks.slice(1),
    memory: memory("1531M", ios(windows.main), [io({ address: 0x42040000, size: 0x3ac3000 })]),
  },
};
const rtLinuxDemo: CellSpec = {
  ivshmem: [{ link: networkLink, id: 1, domain: 0 }],
  memory: linuxDemo(mcuUart, secureProxy, 1).memory,
  // INTB: device 1 of the bus has the second.
  interrupts: [...linuxInterrupts, 190],
};

export const k3Am654Idk = defineBoard({
  name: "k3-am654-idk",
  arch: "arm64",
  title: "TI AM654 IDK: four Cortex-A53, GICv3, 4 GiB",
  consoles: {
    debug: uart(devices["main-uart0"], { size: "4K" }),
    // The MCU domain's UARTs have 96 MHz, twice as much as the main domain's.
    inmate: uart(mcuUart, { divider: 53 }),
  },
  gic,
  timer,
  inmateMemory,
  kernelArguments: [],
  notes: notes("0x8dfa00000"),
  devices: { ...devices, ...byName(windows) },
  system,
  cells: {
    // Without "-idk": the cell runs on every AM654 board.
    "k3-am654-inmate-demo": inmateDemo(mcuUart),
    "k3-am654-idk-linux-demo": {
      ...linuxDemo(mcuUart, secureProxy, 3),
      cpus: [2, 3],
      // The links' INTA and INTB.
      interrupts: [...linuxInterrupts, 189, 190],
    },
  },
  rt: { system: rtSystem, cells: { "k3-am654-idk-linux-demo": rtLinuxDemo } },
  inmateCell: "k3-am654-inmate-demo",
});
