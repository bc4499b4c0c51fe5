/** The Orange Pi Zero. */
import { defineBoard } from "../define/board.ts";
import { range } from "../define/checks.ts";
import { io, ram } from "../define/regions.ts";
import type { MemorySpec, SystemSpec } from "../define/specs.ts";
import { devices } from "../soc-allwinner/h3-a64.ts";
import { gic, timer, uart, virtualPci } from "../soc-allwinner/sunxi.ts";
import { cells, portA } from "./cells.ts";
import { demo, hypervisorMemory, network, rootMemory } from "./memory-map.ts";

/** From the system controller to the USB hosts. */
const ahb = io({ address: devices.syscon.address, size: "128K" });
const apb: MemorySpec[] = [
  // The clock controller, and nothing up to the ports.
  io({ address: devices.ccu.address, size: 0x800 }, "io32"),
  io(portA, "io32"),
  // The other ports.
  io({ address: 0x1c20824, size: 0x3dc }, "io32"),
  io(devices.wdt0, "io32"),
  // UARTs, I2C, and the first page of the Ethernet MAC.
  io({ address: devices.uart0.address, size: 0x9000 }),
];
/** Always-on domain: clocks, infrared, I2C, UART, ports. */
const alwaysOn = io({ address: 0x1f01000, size: "12K" });
const memory = [ahb, ...apb, io(devices.rtc, "io32"), alwaysOn, ram(rootMemory)];

const system: SystemSpec = {
  hypervisorMemory,
  pci: virtualPci,
  root: {
    name: "Orange-Pi0",
    cpus: range(0, 3),
    interrupts: range(32, 159),
    pciInterrupt: 140,
    ivshmem: [
      { link: demo, id: 0 },
      { link: network, id: 0, rootshared: true },
    ],
    memory,
  },
};

export const orangepi0 = defineBoard({
  name: "orangepi0",
  arch: "arm",
  title: "Orange Pi Zero: Allwinner H2+, four Cortex-A7, GICv2, 256 MiB",
  consoles: { debug: { ...uart(devices.uart0.address), size: "4K" }, inmate: uart(devices.uart0.address) },
  gic,
  timer,
  kernelArguments: ["mem=128M", "vmalloc=512M"],
  notes: [
    "UART0 belongs to the hypervisor, root and the cells alike: their lines interleave.",
    "No memory is left for bigger inmates unless linux-demo's, 118 MiB from 0x48000000, is free.",
    "In the real-time fork root has no access to the RTC.",
  ],
  devices,
  system,
  cells,
  inmateCell: "orangepi0-inmate-demo",
  rt: { system: { root: { memory: [ahb, ...apb, alwaysOn, ram(rootMemory)] } } },
});
