/** NVIDIA Tegra X2, "Parker" (Parker Series SoC TRM, "System Address Map"; names as there). */
import type { Device } from "../define/specs.ts";
import { gic400 } from "../soc-arm/gic400.ts";

export const { devices: gicDevices, gic } = gic400(0x3880000n);

/** What root gets, in the file's order. Interrupts are GIC interrupt IDs: SPI n is ID n + 32. */
export const blocks = {
  "bpmp-atcm": { address: 0n, size: 0x40000n },
  misc: { address: 0x100000n, size: 0x10000n },
  axip2p: { address: 0x2100000n, size: 0x100000n },
  gpio: { address: 0x2200000n, size: 0x100000n, interrupt: 79 },
  tsa: { address: 0x2400000n, size: 0x20000n },
  "padctl-a": { address: 0x2430000n, size: 0x15000n },
  ufshc: { address: 0x2450000n, size: 0x20000n },
  eqos: { address: 0x2490000n, size: 0x50000n, interrupt: 226 },
  gpcdma: { address: 0x2600000n, size: 0x210000n, interrupt: 107 },
  ape: { address: 0x2900000n, size: 0x200000n },
  // Memory controller and EMC.
  mss: { address: 0x2c00000n, size: 0xb0000n, interrupt: 255 },
  lic: { address: 0x3000000n, size: 0x10000n },
  // Time keeping; the timers themselves once more in a region of their own.
  "top-tke": { address: 0x3010000n, size: 0xe0000n, interrupt: 32 },
  tmr: { address: 0x3020000n, size: 0xa0000n },
  uarta: { address: 0x3100000n, size: 0x10000n, interrupt: 144 },
  uartb: { address: 0x3110000n, size: 0x10000n, interrupt: 145 },
  // I2C1 and others, up to I2C9.
  i2c: { address: 0x3160000n, size: 0x90000n, interrupt: 57 },
  "pwm1-2": { address: 0x3280000n, size: 0x20000n },
  "pwm3-8": { address: 0x32a0000n, size: 0x60000n },
  sdmmc: { address: 0x3400000n, size: 0x80000n, interrupt: 94 },
  sata: { address: 0x3500000n, size: 0x10000n, interrupt: 229 },
  hda: { address: 0x3510000n, size: 0x10000n, interrupt: 193 },
  "xusb-padctl-host": { address: 0x3520000n, size: 0x20000n, interrupt: 195 },
  "xusb-dev": { address: 0x3540000n, size: 0x20000n, interrupt: 198 },
  // Fuses, and those of HDCP's keys.
  fuse: { address: 0x3820000n, size: 0x40000n },
  mipical: { address: 0x3990000n, size: 0x10000n },
  tach: { address: 0x39c0000n, size: 0x10000n },
  se0: { address: 0x3ac0000n, size: 0x30000n },
  "top0-hsp": { address: 0x3c00000n, size: 0xa0000n, interrupt: 208 },
  "vic-car": { address: 0x5560000n, size: 0x10000n },
  csite: { address: 0x8000000n, size: 0x2000000n },
  // Camera's processor: interrupt controller, power, configuration.
  "sce-vic": { address: 0xb020000n, size: 0x20000n },
  "sce-pm": { address: 0xb1f0000n, size: 0x40000n },
  "sce-cfg": { address: 0xb230000n, size: 0x10000n },
  // Always on.
  "aon-vic": { address: 0xc020000n, size: 0x20000n },
  "aon-i2c-spi": { address: 0xc230000n, size: 0x40000n, interrupt: 58 },
  // UART-C, UART-G, RTC and the time stamp counter.
  "aon-uart-rtc": { address: 0xc280000n, size: 0x70000n, interrupt: 146 },
  "aon-gpio": { address: 0xc2f0000n, size: 0x10000n, interrupt: 92 },
  "aon-padctl": { address: 0xc300000n, size: 0x10000n },
  pmc: { address: 0xc360000n, size: 0x40000n },
  "bpmp-vic": { address: 0xd020000n, size: 0x20000n },
  // Activity monitor, silicon monitor, temperatures.
  "actmon-soctherm": { address: 0xd230000n, size: 0x70000n },
  ccplex: { address: 0xe000000n, size: 0x400000n },
  pcie: { address: 0x10000000n, size: 0x1000000n, interrupt: 104 },
  smmu: { address: 0x12000000n, size: 0x1000000n, interrupt: 202 },
  host1x: { address: 0x13e00000n, size: 0x90000n, interrupt: 297 },
  "host1x-actmon": { address: 0x13ec0000n, size: 0x50000n },
  dpaux1: { address: 0x15040000n, size: 0x40000n, interrupt: 192 },
  nvcsi: { address: 0x150c0000n, size: 0x40000n },
  tsecb: { address: 0x15100000n, size: 0x40000n },
  nvdisplay: { address: 0x15200000n, size: 0x40000n, interrupt: 185 },
  vic: { address: 0x15340000n, size: 0x40000n, interrupt: 238 },
  nvjpg: { address: 0x15380000n, size: 0x40000n },
  // NVDEC, NVENC, TSEC, ISP, SOR.
  "codecs-sor": { address: 0x15480000n, size: 0x1c0000n, interrupt: 189 },
  vi: { address: 0x15700000n, size: 0x100000n },
  "se1-4": { address: 0x15810000n, size: 0x40000n },
  gpu: { address: 0x17000000n, size: 0x9000000n, interrupt: 102 },
  sysram: { address: 0x30000000n, size: 0x10000000n },
} satisfies Record<string, Device>;

export const devices = { ...blocks, ...gicDevices };
