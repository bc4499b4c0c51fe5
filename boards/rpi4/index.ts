/** Raspberry Pi 4. */
import { defineBoard } from "../define/board.ts";
import type { ConsoleSpec } from "../define/specs.ts";
import { cells, rtCells } from "./cells.ts";
import { devices } from "./machine.ts";
import { inmateMemory } from "./memory-map.ts";
import { rtSystem, system } from "./system.ts";

const uart: ConsoleSpec = { type: "8250", flags: ["mmio", "regdist4"], address: devices.uart1.address };

export const rpi4 = defineBoard({
  name: "rpi4",
  arch: "arm64",
  title: "Raspberry Pi 4: BCM2711, four Cortex-A72, GICv2, 1 to 8 GiB",
  consoles: { debug: { ...uart, size: devices.uart1.size }, inmate: uart },
  gic: {
    version: 2,
    distributor: devices.gicd.address,
    cpuInterface: devices.gicc.address,
    hypervisorInterface: devices.gich.address,
    virtualInterface: devices.gicv.address,
  },
  timer: { hz: 54_000_000, note: "the usual rate; a program reads CNTFRQ" },
  inmateMemory,
  kernelArguments: [],
  notes: [
    "Linux' device tree must reserve 0x10000000-0x1fffffff; for the real-time fork 0x30000000-0x3fffffff.",
    "The hypervisor needs EL2 and PSCI: the firmware must load Trusted Firmware-A.",
    "The mini UART belongs to the hypervisor, root and the cells alike: their lines interleave.",
    "Cells reach the UART through traps of 8 and 32 bits width; any other access to it stops the cell.",
    "The real-time fork's files are for the 1 GiB model; give its bigger inmates ram at 0x38000000-0x3f8fffff.",
  ],
  devices,
  system,
  cells,
  inmateCell: "rpi4-inmate-demo",
  rt: { system: rtSystem, cells: rtCells },
});
