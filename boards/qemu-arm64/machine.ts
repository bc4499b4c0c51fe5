/**
 * QEMU's "virt" machine with a GICv3, as `qemu-system-aarch64 -machine virt,gic-version=3,dumpdtb=FILE` describes it.
 */
import type { Device, QemuMachine } from "../define/specs.ts";

export const qemu: QemuMachine = {
  program: "qemu-system-aarch64",
  machine: "virt",
  // EL2 is the hypervisor's; the reference configuration grants no ITS.
  machineOptions: { "gic-version": "3", virtualization: "on", its: "off" },
  cpu: "cortex-a57",
  cpus: 16,
  memory: { address: 0x40000000n, size: 0x40000000n },
};

/** CCSIDR of QEMU's Cortex-A57: the L2 has 2 MiB in 16 ways, and a way of 128 KiB has 32 pages. There is no cache behind it. */
export const l2Colors = 32;

/** Interrupts are GIC interrupt IDs: SPI n is ID n + 32. */
export const devices = {
  gicd: { address: 0x8000000n, size: 0x10000n },
  // 128 KiB a CPU; the window has room for 123.
  gicr: { address: 0x80a0000n, size: 0xf60000n },
  pl011: { address: 0x9000000n, size: 0x1000n, interrupt: 33 },
  pl031: { address: 0x9010000n, size: 0x1000n, interrupt: 34 },
  "fw-cfg": { address: 0x9020000n, size: 0x18n },
  pl061: { address: 0x9030000n, size: 0x1000n, interrupt: 39 },
  // 32 transports of 512 bytes, interrupts 48 to 79.
  "virtio-mmio": { address: 0xa000000n, size: 0x4000n, interrupt: 48 },
  "pcie-mmio": { address: 0x10000000n, size: 0x2eff0000n },
  "pcie-ecam": { address: 0x4010000000n, size: 0x10000000n },
} satisfies Record<string, Device>;
