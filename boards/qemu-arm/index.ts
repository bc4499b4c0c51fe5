/** QEMU's "virt" machine with 32-bit CPUs: RAM, shared memory and cells are those of qemu-arm64. */
import { defineBoard } from "../define/board.ts";
import { range } from "../define/checks.ts";
import { io, ram } from "../define/regions.ts";
import type { SystemSpec } from "../define/specs.ts";
import { cells } from "../qemu-arm64/cells.ts";
import { qemuArm64 } from "../qemu-arm64/index.ts";
import { inmateMemory } from "../qemu-arm64/memory-map.ts";
import { system as arm64System } from "../qemu-arm64/system.ts";
import { qemuArm64Gicv2 } from "../qemu-arm64-gicv2/index.ts";
import { devices, qemu } from "./machine.ts";

const system: SystemSpec = {
  ...arm64System,
  root: {
    ...arm64System.root,
    cpus: range(0, qemu.cpus - 1),
    memory: [
      // All devices from the UART to the beginning of RAM, the PCI host among them.
      io({ address: devices.pl011.address, size: 0x37000000 }),
      // RAM up to the end of inmate-demo's: what root does not have, it cannot load.
      ram({ address: 0x40000000, size: 0x3fa10000 }),
    ],
  },
};

export const qemuArm = defineBoard({
  name: "qemu-arm",
  arch: "arm",
  title: "QEMU virt (32-bit), Cortex-A15, GICv2",
  consoles: qemuArm64.consoles,
  gic: qemuArm64Gicv2.gic!,
  timer: qemuArm64.timer,
  inmateMemory,
  kernelArguments: qemuArm64.kernelArguments,
  notes: [
    "The PL011 belongs to the hypervisor, root and the cells alike: their lines interleave.",
    "inmate-demo is peer 1 of the ivshmem demo, root peer 0, linux-demo peer 2.",
  ],
  devices,
  qemu,
  system,
  cells: {
    "qemu-arm-inmate-demo": cells["qemu-arm64-inmate-demo"],
    "qemu-arm-linux-demo": cells["qemu-arm64-linux-demo"],
  },
  inmateCell: "qemu-arm-inmate-demo",
});
