/** Arm's Foundation Model v8 with a GICv2 (Foundation Platform User Guide, "Memory map"); names as there. */
import type { Device } from "../define/specs.ts";

/** Interrupts are GIC interrupt IDs: SPI n is ID n + 32. */
export const devices = {
  ethernet: { address: 0x1a000000n, size: 0x10000n, interrupt: 47 },
  sysreg: { address: 0x1c010000n, size: 0x1000n },
  uart0: { address: 0x1c090000n, size: 0x1000n, interrupt: 37 },
  uart1: { address: 0x1c0a0000n, size: 0x1000n, interrupt: 38 },
  uart2: { address: 0x1c0b0000n, size: 0x1000n, interrupt: 39 },
  uart3: { address: 0x1c0c0000n, size: 0x1000n, interrupt: 40 },
  // 512 bytes of registers in their page.
  "virtio-block": { address: 0x1c130000n, size: 0x1000n, interrupt: 74 },
  gicd: { address: 0x2c001000n, size: 0x1000n },
  gicc: { address: 0x2c002000n, size: 0x2000n },
  gich: { address: 0x2c004000n, size: 0x2000n },
  gicv: { address: 0x2c006000n, size: 0x2000n },
} satisfies Record<string, Device>;

/**
 * How the two times 2 GiB of RAM are shared out:
 *
 *     0x080000000  1983 MiB  Linux in the root cell (booted with mem=1983M)
 *     0x0fbfe0000    64 KiB  inmate-demo
 *     0x0fc000000    64 MiB  the hypervisor
 *     0x880000000   256 MiB  linux-demo
 *     0x890000000  1792 MiB  free: inmates with more RAM than the demo cell has
 */
export const hypervisorMemory = { physical: 0xfc000000, size: "64M" };
export const inmateMemory = { physical: 0x890000000, size: "1792M" };
