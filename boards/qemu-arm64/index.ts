/** QEMU's arm64 "virt" machine. */
import { defineBoard } from "../define/board.ts";
import type { ConsoleSpec } from "../define/specs.ts";
import { cells } from "./cells.ts";
import { devices, l2Colors, qemu } from "./machine.ts";
import { inmateMemory, virtualPci } from "./memory-map.ts";
import { system } from "./system.ts";

const uart: ConsoleSpec = { type: "PL011", flags: ["mmio", "regdist4"], address: devices.pl011.address };

export const qemuArm64 = defineBoard({
  name: "qemu-arm64",
  arch: "arm64",
  title: "QEMU virt (arm64), Cortex-A57, GICv3",
  consoles: {
    // The hypervisor maps its UART itself and must know how big it is.
    debug: { ...uart, size: devices.pl011.size },
    inmate: uart,
  },
  gic: {
    version: 3,
    distributor: devices.gicd.address,
    redistributors: devices.gicr.address,
  },
  colors: l2Colors,
  timer: { hz: 62_500_000, note: "QEMU's default; a program reads CNTFRQ" },
  inmateMemory,
  kernelArguments: ["mem=768M"],
  notes: [
    "The only UART belongs to the hypervisor, root and the cells alike: their lines interleave.",
    "The real-time fork has the virtual PCI bus at 0x7000000 and no zephyr-demo.",
  ],
  devices,
  qemu,
  system,
  cells,
  inmateCell: "qemu-arm64-inmate-demo",
  rt: {
    system: { pci: { ...virtualPci, mmconfigBase: 0x7000000 } },
    cells: { "qemu-arm64-zephyr-demo": false },
  },
});
