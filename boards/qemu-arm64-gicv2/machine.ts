/**
 * QEMU's "virt" machine with a GICv2, as `qemu-system-aarch64 -machine virt,gic-version=2,virtualization=on,dumpdtb=FILE` describes it. All
 * but the interrupt controller is where it is with a GICv3.
 */
import type { Device, QemuMachine } from "../define/specs.ts";
import * as gicv3 from "../qemu-arm64/machine.ts";

export const qemu: QemuMachine = {
  ...gicv3.qemu,
  machineOptions: { "gic-version": "2", virtualization: "on" },
  // A GICv2 knows no more.
  cpus: 8,
};

const { gicd: _gicd, gicr: _gicr, ...others } = gicv3.devices;

export const devices = {
  gicd: { address: 0x8000000n, size: 0x1000n },
  gicc: { address: 0x8010000n, size: 0x2000n },
  gich: { address: 0x8030000n, size: 0x2000n },
  gicv: { address: 0x8040000n, size: 0x2000n },
  ...others,
} satisfies Record<string, Device>;
