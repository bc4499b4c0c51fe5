/** QEMU's arm64 "virt" machine with a GICv2. No Jailhouse has it: it is qemu-arm64 with the other interrupt controller. */
import { defineBoard } from "../define/board.ts";
import { range } from "../define/checks.ts";
import type { SystemSpec } from "../define/specs.ts";
import { inmateDemo } from "../qemu-arm64/cells.ts";
import { qemuArm64 } from "../qemu-arm64/index.ts";
import { l2Colors } from "../qemu-arm64/machine.ts";
import { inmateMemory, virtualPci } from "../qemu-arm64/memory-map.ts";
import { system as gicv3System } from "../qemu-arm64/system.ts";
import { devices, qemu } from "./machine.ts";

const system: SystemSpec = { ...gicv3System, root: { ...gicv3System.root, cpus: range(0, qemu.cpus - 1) } };

export const qemuArm64Gicv2 = defineBoard({
  name: "qemu-arm64-gicv2",
  arch: "arm64",
  title: "QEMU virt (arm64), Cortex-A57, GICv2 (jh-inmate's own)",
  consoles: qemuArm64.consoles,
  gic: {
    version: 2,
    distributor: devices.gicd.address,
    cpuInterface: devices.gicc.address,
    hypervisorInterface: devices.gich.address,
    virtualInterface: devices.gicv.address,
  },
  colors: l2Colors,
  timer: qemuArm64.timer,
  inmateMemory,
  kernelArguments: qemuArm64.kernelArguments,
  devices,
  qemu,
  system,
  cells: { "qemu-arm64-gicv2-inmate-demo": inmateDemo },
  inmateCell: "qemu-arm64-gicv2-inmate-demo",
  rt: { system: { pci: { ...virtualPci, mmconfigBase: 0x7000000 } } },
});
