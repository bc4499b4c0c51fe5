/** Arm's Foundation Model v8. */
import { defineBoard } from "../define/board.ts";
import { range } from "../define/checks.ts";
import { io, ram } from "../define/regions.ts";
import type { ConsoleSpec } from "../define/specs.ts";
import { cells } from "./cells.ts";
import { devices, hypervisorMemory, inmateMemory } from "./machine.ts";

const uart: ConsoleSpec = { type: "PL011", flags: ["mmio", "regdist4"], address: devices.uart0.address };

export const foundationV8 = defineBoard({
  name: "foundation-v8",
  arch: "arm64",
  title: "Arm Foundation Model v8 (simulator), four CPUs, GICv2, 4 GiB",
  consoles: { debug: { ...uart, size: devices.uart0.size }, inmate: uart },
  gic: {
    version: 2,
    distributor: devices.gicd.address,
    cpuInterface: devices.gicc.address,
    hypervisorInterface: devices.gich.address,
    virtualInterface: devices.gicv.address,
  },
  timer: { hz: 100_000_000, note: "the model's default; a program reads CNTFRQ" },
  inmateMemory,
  kernelArguments: ["mem=1983M"],
  notes: [
    "mem= follows from the memory map: upstream names none.",
    "The model must run with its GIC as version 2.",
    "Cells have UARTs of their own (inmate-demo UART1, linux-demo UART3), each at UART0's address in the cell.",
    "There is no PCI, so no ivshmem.",
  ],
  devices,
  system: {
    hypervisorMemory,
    root: {
      name: "foundation-v8",
      cpus: range(0, 3),
      interrupts: range(32, 415),
      memory: [
        io(devices.ethernet),
        io(devices.sysreg),
        io(devices.uart0),
        io(devices.uart1),
        io(devices.uart2),
        io(devices.uart3),
        io(devices["virtio-block"]),
        ram({ address: 0x80000000, size: 0x7c000000 }),
        ram({ address: 0x880000000, size: "2G" }),
      ],
    },
  },
  cells,
  inmateCell: "foundation-v8-inmate-demo",
  rt: {},
});
