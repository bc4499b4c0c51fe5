/**
 * QEMU's "virt" machine with 32-bit CPUs and a GICv2, as `qemu-system-arm -machine
 * virt,virtualization=on,highmem=off,dumpdtb=FILE` describes it: that of arm64, but the PCI host is below 4 GiB.
 */
import type { Device, QemuMachine } from "../define/specs.ts";
import * as gicv2 from "../qemu-arm64-gicv2/machine.ts";

export const qemu: QemuMachine = {
  ...gicv2.qemu,
  program: "qemu-system-arm",
  machineOptions: { ...gicv2.qemu.machineOptions, highmem: "off" },
  cpu: "cortex-a15",
};

export const devices = {
  ...gicv2.devices,
  "pcie-ecam": { address: 0x3f000000n, size: 0x1000000n },
} satisfies Record<string, Device>;
