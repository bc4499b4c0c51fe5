/**
 * Renesas RZ/G1E, RZ/G1M and RZ/G1H: a block that more than one of them has is at the same address in each (RZ/G Series
 * User's Manual: Hardware, "Address Map"; names as there). Interrupts are GIC interrupt IDs: SPI n is ID n + 32.
 */
import { io } from "../define/regions.ts";
import type { Device, MemorySpec } from "../define/specs.ts";
import { gic400 } from "../soc-arm/gic400.ts";

export const { devices: gicDevices, gic } = gic400(0xf1000000n);

/** Blocks that root accesses by 32-bit words only. */
const wordBlocks = {
  cmt1: { address: 0xe6130000n, size: 0x2000n, interrupt: 152 },
  cpg: { address: 0xe6150000n, size: 0x1000n },
  // Power of the CPUs; on RZ/G1H from 0x1000 of it the Cortex-A15s', from 0x3000 both clusters'.
  apmu: { address: 0xe6151000n, size: 0xf000n },
  "apmu-ca15": { address: 0xe6152000n, size: 0xf000n },
  "apmu-common": { address: 0xe6154000n, size: 0xf000n },
  rst: { address: 0xe6160000n, size: 0x1000n },
  irqc: { address: 0xe61c0000n, size: 0x1000n, interrupt: 32 },
  // The first 1 KiB of it: a cell can have other channels of its page.
  tmu0: { address: 0xe61e0000n, size: 0x400n, interrupt: 168 },
  thermal: { address: 0xe61f0000n, size: 0x1000n, interrupt: 101 },
  "sys-dmac0": { address: 0xe6700000n, size: 0x10000n, interrupt: 229 },
  "sys-dmac1": { address: 0xe6720000n, size: 0x10000n, interrupt: 252 },
  pwm: { address: 0xe6e30000n, size: 0x10000n },
  "r-gp2d": { address: 0xe6ec0000n, size: 0x10000n },
  sdhi1: { address: 0xee120000n, size: 0x20000n, interrupt: 198 },
  cmt0: { address: 0xffca0000n, size: 0x2000n, interrupt: 174 },
} satisfies Record<string, Device>;

const otherBlocks = {
  iic3: { address: 0xe60b0000n, size: 0x1000n, interrupt: 205 },
  hscif0: { address: 0xe62c0000n, size: 0x1000n, interrupt: 186 },
  hscif2: { address: 0xe62d0000n, size: 0x1000n, interrupt: 53 },
  iic0: { address: 0xe6500000n, size: 0x1000n, interrupt: 206 },
  i2c0: { address: 0xe6508000n, size: 0x1000n, interrupt: 319 },
  iic1: { address: 0xe6510000n, size: 0x1000n, interrupt: 207 },
  i2c1: { address: 0xe6518000n, size: 0x1000n, interrupt: 320 },
  // At one address, I2C4 on RZ/G1M and IIC2 on RZ/G1H.
  i2c4: { address: 0xe6520000n, size: 0x1000n, interrupt: 51 },
  iic2: { address: 0xe6520000n, size: 0x1000n, interrupt: 208 },
  i2c5: { address: 0xe6528000n, size: 0x1000n, interrupt: 52 },
  i2c2: { address: 0xe6530000n, size: 0x1000n, interrupt: 318 },
  i2c3: { address: 0xe6540000n, size: 0x1000n, interrupt: 322 },
  avb: { address: 0xe6800000n, size: 0x1000n, interrupt: 195 },
  scifa0: { address: 0xe6c40000n, size: 0x1000n, interrupt: 176 },
  scifa1: { address: 0xe6c50000n, size: 0x1000n, interrupt: 177 },
  can0: { address: 0xe6e80000n, size: 0x1000n, interrupt: 218 },
  can1: { address: 0xe6e88000n, size: 0x1000n, interrupt: 219 },
  scif4: { address: 0xe6ee0000n, size: 0x1000n, interrupt: 56 },
  // Host controllers behind a PCI bridge inside the SoC.
  usb0: { address: 0xee080000n, size: 0x20000n, interrupt: 140 },
  sdhi0: { address: 0xee100000n, size: 0x1000n, interrupt: 197 },
  mmcif0: { address: 0xee200000n, size: 0x1000n, interrupt: 201 },
  mmcif1: { address: 0xee220000n, size: 0x1000n, interrupt: 202 },
  vspr: { address: 0xfe920000n, size: 0x8000n, interrupt: 298 },
  vsps: { address: 0xfe928000n, size: 0x8000n, interrupt: 299 },
  vspd0: { address: 0xfe930000n, size: 0x8000n, interrupt: 278 },
  vspd1: { address: 0xfe938000n, size: 0x8000n, interrupt: 279 },
  du: { address: 0xfeb00000n, size: 0x40000n, interrupt: 288 },
  lvds: { address: 0xfeb90000n, size: 0x10000n },
} satisfies Record<string, Device>;

export const blocks = { ...wordBlocks, ...otherBlocks };
export type Block = keyof typeof blocks;

/** Blocks that all three have and that only linux-demo gets, or parts of which it does. */
const linuxBlocks = {
  pfc: { address: 0xe6060000n, size: 0x1000n },
  counter: { address: 0xe6080000n, size: 0x40n },
  sysc: { address: 0xe6180000n, size: 0x1000n },
} satisfies Record<string, Device>;

export const { pfc, counter, sysc } = linuxBlocks;

/** The SoC's blocks of these names. */
export function devicesOf(names: readonly Block[]): Record<string, Device> {
  const own = names.map((name): [string, Device] => [name, blocks[name]]);
  return { ...linuxBlocks, ...Object.fromEntries(own), ...gicDevices };
}

/** Root's access to them. */
export function rootBlocks(names: readonly Block[]): MemorySpec[] {
  return names.map((name) => (name in wordBlocks ? io(blocks[name], "io32") : io(blocks[name])));
}
