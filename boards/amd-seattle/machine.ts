/** AMD Opteron A1100 ("Seattle"); names as in Linux' amd-seattle-soc.dtsi and amd-seattle-xgbe-b.dtsi. */
import { cable } from "../define/links.ts";
import type { Device } from "../define/specs.ts";

/** Interrupts are GIC interrupt IDs: SPI n is ID n + 32. */
export const devices = {
  gpio3: { address: 0xe0030000n, size: 0x1000n, interrupt: 397 },
  gpio4: { address: 0xe0080000n, size: 0x1000n, interrupt: 393 },
  sata0: { address: 0xe0300000n, size: 0xf0000n, interrupt: 387 },
  "xgmac0-smmu": { address: 0xe0600000n, size: 0x10000n },
  xgmac0: { address: 0xe0700000n, size: 0x100000n, interrupt: 357 },
  "xgmac1-smmu": { address: 0xe0800000n, size: 0x10000n },
  // Its four queues have 373 to 376, its PCS 354.
  xgmac1: { address: 0xe0900000n, size: 0x100000n, interrupt: 356 },
  serial0: { address: 0xe1010000n, size: 0x1000n, interrupt: 360 },
  spi0: { address: 0xe1020000n, size: 0x1000n, interrupt: 362 },
  spi1: { address: 0xe1030000n, size: 0x1000n, interrupt: 361 },
  gpio1: { address: 0xe1050000n, size: 0x1000n, interrupt: 390 },
  gicd: { address: 0xe1110000n, size: 0x1000n },
  // GIC-400 with 64 KiB pages shows each 4 KiB page sixteen times: the last copy of the first adjoins the second page.
  gicc: { address: 0xe112f000n, size: 0x2000n },
  gich: { address: 0xe1140000n, size: 0x2000n },
  gicv: { address: 0xe116f000n, size: 0x2000n },
  // Turns PCIe's MSIs into interrupts from 96 on.
  "gic-v2m": { address: 0xe1180000n, size: 0x1000n },
  // Both MACs' SerDes: receivers and transmitters, and the registers that tie them together.
  "serdes-rxtx": { address: 0xe1240000n, size: 0x1000n },
  "serdes-ir": { address: 0xe1250000n, size: 0x1000n },
  ccn: { address: 0xe8000000n, size: 0x1000000n, interrupt: 412 },
  "pcie-ecam": { address: 0xf0000000n, size: 0x10000000n },
} satisfies Record<string, Device>;

/**
 * How the 16 GiB of RAM are shared out:
 *
 *     0x8000000000  15104 MiB  Linux in the root cell (booted with mem=15104M)
 *     0x83b0000000     64 KiB  inmate-demo
 *     0x83b0200000    254 MiB  free: inmates with more RAM than the demo cell has
 *     0x83c0000000   ~512 MiB  linux-demo; its last 64 KiB are Linux' loader's
 *     0x83e0000000     64 MiB  the hypervisor
 *     0x83e4000000      1 MiB  shared by root and linux-demo: network
 *     0x83f0000000    256 MiB  root's, above what mem= leaves to Linux
 */
export const inmateMemory = { physical: 0x83b0200000, size: "254M" };
export const hypervisorMemory = { physical: 0x83e0000000, size: "64M" };

/** A network cable, on the real PCI bus: root is peer 0, linux-demo 1. */
export const networkLink = { ...cable("00:0f.0", 0, 0x83e4000000), vectors: 2 };
