/** The Banana Pi. */
import { defineBoard } from "../define/board.ts";
import { range } from "../define/checks.ts";
import { io, ram } from "../define/regions.ts";
import type { SystemSpec } from "../define/specs.ts";
import { gic, timer, uart, virtualPci } from "../soc-allwinner/sunxi.ts";
import { cells } from "./cells.ts";
import { apb1Gates, devices, hypervisorMemory, network, pio } from "./machine.ts";

const { spi0, mmc0, usb1, sata, usb2, ccu, intc, gmac, hstimer } = devices;

const system: SystemSpec = {
  hypervisorMemory,
  pci: virtualPci,
  root: {
    name: "Banana-Pi",
    cpus: [0, 1],
    interrupts: range(32, 159),
    pciInterrupt: 140,
    ivshmem: [{ link: network, id: 0, rootshared: true }],
    memory: [
      ...[spi0, mmc0, usb1, sata, usb2].map((device) => io(device)),
      // Less than a page each, so that cells can have some: the hypervisor lets 32-bit accesses through.
      ...[ccu, intc].map((device) => io(device, "io32")),
      ...[pio.portsAToG, pio.portH, pio.portI, pio.interrupts].map((part) => io(part, "io32")),
      io(devices.timer, "io32"),
      // UART0 to UART3.
      io({ address: devices.uart0.address, size: "4K" }),
      io(gmac),
      io(hstimer),
      ram({ address: 0x40000000, size: 0x3bf00000 }),
    ],
  },
};

export const bananapi = defineBoard({
  name: "bananapi",
  arch: "arm",
  title: "Banana Pi: Allwinner A20, two Cortex-A7, GICv2, 1 GiB",
  consoles: {
    debug: { ...uart(devices.uart0.address), size: "4K" },
    // 115200 baud from 24 MHz.
    inmate: { ...uart(devices.uart7.address), divider: 13, gateNr: 23, clockReg: apb1Gates.address },
  },
  gic,
  timer,
  kernelArguments: ["mem=896M", "vmalloc=512M"],
  notes: [
    "UART0 belongs to the hypervisor and root; cells have UART7 (pins PI20 and PI21) and must open its clock gate.",
    "inmate-demo's RAM lies where root may only read (network): loading it faults root. Give it 0x7bef0000.",
    "Both stock cells want CPU 1: run one at a time.",
  ],
  devices,
  system,
  cells,
  inmateCell: "bananapi-inmate-demo",
  rt: {},
});
