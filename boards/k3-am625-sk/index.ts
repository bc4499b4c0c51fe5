/** TI's AM625 starter kit (SK-AM62). */
import { defineBoard } from "../define/board.ts";
import { range } from "../define/checks.ts";
import { io, ram } from "../define/regions.ts";
import type { SystemSpec } from "../define/specs.ts";
import { notes, sharing } from "../soc-k3/am6.ts";
import { ios, mainUartDivider, timer, uart } from "../soc-k3/k3.ts";
import { devices, gic, secureProxy, windows } from "./machine.ts";

const { pci, rootLinks, hypervisorMemory, inmateMemory, inmateRam, inmateDemo, linuxDemo } = sharing(0xe0000000);

const system: SystemSpec = {
  hypervisorMemory,
  pci,
  root: {
    cpus: range(0, 3),
    pciInterrupt: 180,
    interrupts: range(32, 671),
    ivshmem: rootLinks,
    memory: [
      // The GIC without its distributor and the first CPU's redistributor.
      io({ address: 0x1810000, size: 0x70000 }),
      io({ address: 0x18a0000, size: 0x60000 }),
      ram({ address: 0x80000000, size: "1530M" }),
      inmateRam,
      ...ios(windows),
    ],
  },
};

export const k3Am625Sk = defineBoard({
  name: "k3-am625-sk",
  arch: "arm64",
  title: "TI SK-AM62: AM625, four Cortex-A53, GICv3, 2 GiB",
  consoles: {
    debug: uart(devices["main-uart0"], { size: "4K" }),
    inmate: uart(devices["main-uart1"], { divider: mainUartDivider }),
  },
  gic,
  timer,
  inmateMemory,
  kernelArguments: [],
  notes: notes("0xdfa00000"),
  devices: { ...devices, ...windows },
  system,
  cells: {
    "k3-am625-sk-inmate-demo": inmateDemo(devices["main-uart1"]),
    "k3-am625-sk-linux-demo": {
      ...linuxDemo(devices["main-uart1"], secureProxy, 2),
      cpus: [1, 2, 3],
      // The links' INTA and INTB between the two.
      interrupts: [secureProxy["secure-proxy-data"].interrupt, 189, 190, devices["main-uart1"].interrupt],
      // An entry that names no interrupt is in the reference's list.
      irqchips: [{ pinBase: 544, pins: [] }],
    },
  },
  inmateCell: "k3-am625-sk-inmate-demo",
});
