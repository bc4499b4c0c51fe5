/** NVIDIA's Jetson TX1. */
import { defineBoard } from "../define/board.ts";
import { range } from "../define/checks.ts";
import { io, ram } from "../define/regions.ts";
import type { CellSpec } from "../define/specs.ts";
import { cellDomain, gic, uart, uartPage, virtualPci } from "../soc-tegra/tegra.ts";
import { devices, hypervisorMemory, network, rootMemory } from "./machine.ts";

const { uarta } = devices;

const inmateDemo = {
  cpus: [3],
  ram: { physical: 0x17bef0000, size: "64K" },
  memory: [io(uartPage)],
} satisfies CellSpec;

const linuxDemo = {
  cpus: [2, 3],
  flags: ["passive-commreg", "virtual-console-permitted"],
  memory: [
    io(uartPage, "rootshared"),
    ram({ address: 0, physical: 0x17bef0000, size: "64K" }, "dma", "loadable"),
    // Where a 32-bit kernel would find it, too.
    ram({ address: 0xe8000000, physical: 0x161200000, size: 0x1acf0000 }, "dma", "loadable"),
  ],
  ivshmem: [{ link: network, id: 1, domain: cellDomain }],
  pciInterrupt: 184,
  // The UART, and INTB: device 1 of the bus has the second.
  interrupts: [uarta.interrupt, 185],
} satisfies CellSpec;

export const jetsonTx1 = defineBoard({
  name: "jetson-tx1",
  arch: "arm64",
  title: "NVIDIA Jetson TX1: Tegra X1, four Cortex-A57, GICv2, 4 GiB",
  consoles: { debug: { ...uart(uarta.address), size: uarta.size }, inmate: uart(uarta.address) },
  gic,
  timer: { hz: 19_200_000, note: "half the SoC's crystal; a program reads CNTFRQ" },
  kernelArguments: ["mem=3968M"],
  notes: [
    "inmate-demo takes the page of all four UARTs from root; the hypervisor still prints to UART-A there.",
    "linux-demo's RAM begins at 0x161200000: with it, boot root with mem=3584M.",
    "No memory is left for bigger inmates unless linux-demo's is free.",
  ],
  devices,
  system: {
    hypervisorMemory,
    pci: virtualPci,
    root: {
      name: "Jetson-TX1",
      cpus: range(0, 3),
      interrupts: range(32, 223),
      pciInterrupt: 180,
      ivshmem: [{ link: network, id: 0, rootshared: true }],
      memory: rootMemory,
    },
  },
  cells: { "jetson-tx1-inmate-demo": inmateDemo, "jetson-tx1-linux-demo": linuxDemo },
  inmateCell: "jetson-tx1-inmate-demo",
  rt: {},
});
