/** NVIDIA's Jetson TK1. */
import { defineBoard } from "../define/board.ts";
import { range } from "../define/checks.ts";
import { io, ram } from "../define/regions.ts";
import type { CellSpec } from "../define/specs.ts";
import { cellDomain, gic, uart, uartPage, virtualPci } from "../soc-tegra/tegra.ts";
import { devices, hypervisorMemory, inmateMemory, network, rootMemory } from "./machine.ts";

const { uartd } = devices;

const inmateDemo = {
  cpus: [3],
  ram: { physical: 0xfbef0000, size: "64K" },
  memory: [io(uartPage)],
} satisfies CellSpec;

const linuxDemo = {
  cpus: [2, 3],
  flags: ["passive-commreg", "virtual-console-permitted"],
  memory: [
    io(uartPage, "rootshared"),
    ram({ address: 0, physical: 0xfbef0000, size: "64K" }, "dma", "loadable"),
    ram({ address: 0xe8000000, size: 0xeef0000 }, "dma", "loadable"),
  ],
  ivshmem: [{ link: network, id: 1, domain: cellDomain }],
  pciInterrupt: 184,
  // The UART, and INTB: device 1 of the bus has the second.
  interrupts: [uartd.interrupt, 185],
} satisfies CellSpec;

export const jetsonTk1 = defineBoard({
  name: "jetson-tk1",
  arch: "arm",
  title: "NVIDIA Jetson TK1: Tegra K1, four Cortex-A15, GICv2, 2 GiB",
  consoles: { debug: { ...uart(uartd.address), size: uartd.size }, inmate: uart(uartd.address) },
  gic,
  timer: { hz: 12_000_000, note: "the SoC's crystal; a program reads CNTFRQ" },
  inmateMemory,
  kernelArguments: ["mem=1920M", "vmalloc=512M"],
  notes: [
    "inmate-demo takes the page of all four UARTs from root; the hypervisor still prints to UART-D there.",
    "linux-demo's RAM begins at 0xe8000000: with it, boot root with mem=1664M.",
  ],
  devices,
  system: {
    hypervisorMemory,
    pci: virtualPci,
    root: {
      name: "Jetson-TK1",
      cpus: range(0, 3),
      interrupts: range(32, 191),
      pciInterrupt: 180,
      ivshmem: [{ link: network, id: 0, rootshared: true }],
      memory: rootMemory,
    },
  },
  cells: { "jetson-tk1-inmate-demo": inmateDemo, "jetson-tk1-linux-demo": linuxDemo },
  inmateCell: "jetson-tk1-inmate-demo",
  rt: {},
});
