/**
 * Arm Versatile Express with the Cortex-A15 tile V2P-CA15, test chip 1: the motherboard in its RS1 memory map (Arm
 * V2M-P1 TRM, DUI 0447, chapter 4) and the tile (CoreTile Express A15x2 TRM, DUI 0604, chapter 3). QEMU's vexpress-a15
 * has the same addresses, without the tile's own controllers.
 */
import type { Device, QemuMachine } from "../define/specs.ts";
import { gic400 } from "../soc-arm/gic400.ts";

export const qemu: QemuMachine = {
  program: "qemu-system-arm",
  machine: "vexpress-a15",
  // EL2 is the hypervisor's.
  machineOptions: { virtualization: "on" },
  cpu: "cortex-a15",
  cpus: 2,
  memory: { address: 0x80000000n, size: 0x40000000n },
};

export const { devices: gicDevices, gic } = gic400(0x2c000000n);

/** Interrupts are GIC interrupt IDs: SPI n is ID n + 32; the motherboard's are SPI 0 to 42. */
export const motherboard = {
  "nor-flash0": { address: 0x8000000n, size: 0x4000000n },
  "nor-flash1": { address: 0xc000000n, size: 0x4000000n },
  psram: { address: 0x14000000n, size: 0x2000000n },
  vram: { address: 0x18000000n, size: 0x800000n },
  ethernet: { address: 0x1a000000n, size: 0x10000n, interrupt: 47 },
  usb: { address: 0x1b000000n, size: 0x20000n, interrupt: 48 },
} satisfies Record<string, Device>;

/** Peripherals in the motherboard's FPGA, chip select 3. */
export const fpga = {
  sysreg: { address: 0x1c010000n, size: 0x1000n },
  sysctl: { address: 0x1c020000n, size: 0x1000n },
  "i2c-pcie": { address: 0x1c030000n, size: 0x1000n },
  aaci: { address: 0x1c040000n, size: 0x1000n, interrupt: 43 },
  mmci: { address: 0x1c050000n, size: 0x1000n, interrupt: 41 },
  kmi0: { address: 0x1c060000n, size: 0x1000n, interrupt: 44 },
  kmi1: { address: 0x1c070000n, size: 0x1000n, interrupt: 45 },
  uart0: { address: 0x1c090000n, size: 0x1000n, interrupt: 37 },
  uart1: { address: 0x1c0a0000n, size: 0x1000n, interrupt: 38 },
  uart2: { address: 0x1c0b0000n, size: 0x1000n, interrupt: 39 },
  uart3: { address: 0x1c0c0000n, size: 0x1000n, interrupt: 40 },
  wdt: { address: 0x1c0f0000n, size: 0x1000n, interrupt: 32 },
  timer01: { address: 0x1c110000n, size: 0x1000n, interrupt: 34 },
  timer23: { address: 0x1c120000n, size: 0x1000n, interrupt: 35 },
  // Four transports of 512 bytes, interrupts 72 to 75: QEMU's alone.
  "virtio-mmio": { address: 0x1c130000n, size: 0x1000n, interrupt: 72 },
  "i2c-dvi": { address: 0x1c160000n, size: 0x1000n },
  rtc: { address: 0x1c170000n, size: 0x1000n, interrupt: 36 },
  clcd: { address: 0x1c1f0000n, size: 0x1000n, interrupt: 46 },
} satisfies Record<string, Device>;

export const tile = {
  scc: { address: 0x2a420000n, size: 0x1000n },
  counter: { address: 0x2a430000n, size: 0x1000n },
  hdlcd: { address: 0x2b000000n, size: 0x1000n, interrupt: 117 },
  "tile-wdt": { address: 0x2b060000n, size: 0x1000n, interrupt: 130 },
  dmc: { address: 0x2b0a0000n, size: 0x1000n },
  sram: { address: 0x2e000000n, size: 0x10000n },
  dma330: { address: 0x7ffb0000n, size: 0x1000n, interrupt: 120 },
  smc: { address: 0x7ffd0000n, size: 0x1000n, interrupt: 118 },
} satisfies Record<string, Device>;

export const devices = { ...motherboard, ...fpga, ...tile, ...gicDevices };
