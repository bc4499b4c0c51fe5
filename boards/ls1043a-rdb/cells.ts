/** The stock cells. */
import { range } from "../define/checks.ts";
import type { CellSpec } from "../define/specs.ts";
import { dataPathMemory, devices } from "../soc-layerscape/chassis2.ts";
import { inmateDemo, linuxDemo, linuxDemoMemory } from "../soc-layerscape/chassis2-cells.ts";
import { linuxMemory } from "../soc-nxp/cells.ts";
import { cellRam, demo, loader, network } from "./memory-map.ts";

const ram = linuxMemory(loader.address, cellRam.address, cellRam.size);

/** Linux with the SoC's network: the frame manager, and all portals of the queue and the buffer manager. */
const dpaaLinuxDemo = {
  extend: "ls1043a-rdb-linux-demo" as const,
  name: "linux-inmate-demo",
  memory: linuxDemoMemory(dataPathMemory, ram),
  interrupts: [
    ...range(60, 63),
    devices.fman.interrupt,
    devices.qman.interrupt,
    // SPI 132: the reference does not say what for.
    164,
    // The portals'.
    ...range(204, 223),
  ],
  irqchips: [],
} satisfies CellSpec & { extend: string };

export const cells = {
  "ls1043a-rdb-inmate-demo": inmateDemo(demo, cellRam.address),
  "ls1043a-rdb-linux-demo": linuxDemo(demo, network, ram),
  "ls1043a-rdb-dpaa-linux-demo": dpaaLinuxDemo,
} as const;
