/** TI's J7200 evaluation module (DRA821). */
import { defineBoard } from "../define/board.ts";
import { range } from "../define/checks.ts";
import { io, ram } from "../define/regions.ts";
import type { SystemSpec } from "../define/specs.ts";
import * as j7 from "../soc-k3/jacinto7.ts";
import { byName, ios, secureProxy, timer } from "../soc-k3/k3.ts";

/** As the J7200 technical reference manual, "Memory Map", divides the bus. */
const windows = {
  ...j7.windows,
  main: {
    "main-peripherals": { address: 0x1000000n, size: 0xd000000n },
    "main-navss": { address: 0x30000000n, size: 0xc400000n },
    "msmc-ram": { address: 0x70000000n, size: 0x800000n },
    "pcie1-low": { address: 0x18000000n, size: 0x8000000n },
  },
  pcie: { "pcie1-high": { address: 0x4100000000n, size: 0x100000000n } },
  wakeup: { "wkup-peripherals": { address: 0x42040000n, size: 0x3ce4000n } },
};

const system: SystemSpec = {
  hypervisorMemory: j7.hypervisorMemory,
  pci: j7.pci,
  iommus: [j7.pvu(0), j7.pvu(1)],
  root: {
    cpus: [0, 1],
    pciInterrupt: j7.rootIntA,
    interrupts: [...range(32, 671), ...range(800, 927)],
    ivshmem: j7.rootLinks,
    streamIds: [0x2],
    memory: [
      ...ios(windows.system),
      ...ios(windows.main),
      ...j7.dma(windows.pcie),
      ...ios(windows.dsp),
      ...ios(windows.mcu),
      ...j7.dma(windows.mcuSram),
      ...ios(windows.wakeup),
      ...ios(windows.mcuHigh),
      ...j7.dma(windows.flash),
      ...j7.rootRam({ address: j7.loader.physical, size: j7.loader.size }),
    ],
  },
};

export const k3J7200Evm = defineBoard({
  name: "k3-j7200-evm",
  arch: "arm64",
  title: "TI J7200 EVM: DRA821, two Cortex-A72, GICv3",
  consoles: j7.consoles,
  gic: j7.gic,
  timer,
  inmateMemory: j7.inmateMemory,
  kernelArguments: [],
  notes: j7.notes,
  devices: { ...j7.devices, ...byName(windows) },
  system,
  cells: {
    "k3-j7200-evm-inmate-demo": { ...j7.inmateDemo, name: "k3-j7200 inmate-demo" },
    "k3-j7200-evm-linux-demo": {
      ...j7.linuxDemo,
      // INTA alone, though the network raises INTB: the reference has it so.
      interrupts: [
        j7.devices.sdhci0.interrupt,
        secureProxy["secure-proxy-data"].interrupt,
        j7.cellIntA,
        j7.devices["main-uart1"].interrupt,
        ...j7.gpioInterrupts,
      ],
      streamIds: [0x3],
      memory: [
        io(windows.system["ctrl-mmr"], "rootshared"),
        io(j7.devices["main-uart1"]),
        io(j7.devices.sdhci0),
        io(j7.devices["sdhci0-subsystem"]),
        io(j7.devices.gpio2),
        ...ios(secureProxy),
        ram(j7.loader, "loadable"),
        j7.linuxRam,
      ],
    },
  },
  inmateCell: "k3-j7200-evm-inmate-demo",
});
