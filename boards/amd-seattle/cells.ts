/** The stock cells. */
import { range } from "../define/checks.ts";
import { io, ram } from "../define/regions.ts";
import type { CellSpec } from "../define/specs.ts";
import { devices, networkLink } from "./machine.ts";

/** As far as the next device. */
const uart = io({ address: devices.serial0.address, size: "64K" }, "rootshared");

const inmateDemo = {
  name: "inmate-demo",
  cpus: [4],
  ram: { physical: 0x83b0000000, size: "64K" },
  memory: [uart],
} satisfies CellSpec;

const linuxDemo = {
  name: "linux-inmate-demo",
  cpus: [6, 7],
  memory: [
    uart,
    // The second network port. The SerDes registers are those of the first port, too: root loses them.
    io(devices.xgmac1),
    io(devices["serdes-rxtx"]),
    io(devices["serdes-ir"]),
    ram({ address: 0, physical: 0x83dfff0000, size: "64K" }, "dma", "loadable"),
    ram({ address: 0x83c0000000, size: 0x1fff0000 }, "dma", "loadable"),
    { ...devices["gic-v2m"], flags: ["read", "io", "rootshared"] },
  ],
  ivshmem: [{ link: networkLink, id: 1 }],
  // An MSI of the network link.
  interrupts: [100],
  // The UART, and the network port: PCS, MAC, queues. The entry begins where the reference has it begin.
  irqchips: [{ pinBase: 352, pins: [354, devices.xgmac1.interrupt, devices.serial0.interrupt, ...range(373, 376)] }],
} satisfies CellSpec;

export const cells = { "amd-seattle-inmate-demo": inmateDemo, "amd-seattle-linux-demo": linuxDemo } as const;
