import { expect, test } from "vitest";
import { UserError } from "../scripts/errors.ts";
import { decodeCell, decodeSystem, encodeCell, encodeSystem } from "./codec.ts";
import type { CellConfig, Console, PciDevice, SystemConfig } from "./model.ts";
import { qemuArm64 } from "./qemu-arm64/index.ts";

const console: Console = {
  type: "8250",
  flags: ["mdr-quirk"],
  address: 0x3f8n,
  size: 8,
  divider: 1,
  gateNr: 13,
  clockReg: 0xffffffffffffffffn,
};

const device: PciDevice = {
  type: "bridge",
  iommu: 1,
  domain: 0xffff,
  bdf: "ff:1f.7",
  barMasks: [0xfffff000, 0, 1, 2, 3, 0xffffffff],
  capsStart: 0,
  capsCount: 2,
  msiVectors: 255,
  msiFlags: ["64bit", "maskable"],
  msixVectors: 16,
  msixRegionSize: 0x1000,
  msixAddress: 0xfebf0000n,
  shmemRegionsStart: 7,
  shmemId: 1,
  shmemPeers: 3,
  shmemProtocol: 0xc001,
};

/** Something in every field and every array. */
const full: CellConfig = {
  kind: "cell",
  arch: "x86",
  name: "thirty-one letters is all it has",
  id: 7,
  flags: ["passive-commreg", "test-device", "aarch32", "virtual-console-permitted", "virtual-console-active"],
  cpus: [0, 9, 71],
  cpuSetSize: 9,
  resetAddress: 0x70000000n,
  replyTimeout: 1_000_000n,
  vpciIrqBase: 112,
  console,
  memory: [
    { physical: 1n << 40n, address: 0n, size: 0x100000n, flags: ["read", "write", "execute", "dma", "loadable"] },
    { physical: 0n, address: 0n, size: 0n, flags: [] },
    { physical: 5n, address: 6n, size: 7n, flags: ["io-unaligned", "io8", "io16", "io32", "io64"] },
  ],
  colored: [],
  caches: [{ start: 2, size: 1, type: "l3", flags: ["rootshared"] }],
  irqchips: [{ address: 0xfec00000n, id: 0xff00, pinBase: 0, pins: [0, 9, 127] }],
  ports: [{ base: 0x3f8, length: 8 }],
  pciDevices: [device],
  pciCaps: [
    { id: "msi", start: 0x60, length: 14, flags: ["write"] },
    { id: 0x80ff, start: 0x100, length: 4, flags: [] },
  ],
  streamIds: [3, 0xf0870],
  uncountedPciDevices: [{ ...device, type: "device", shmemProtocol: "veth" }],
};
const fullCell: CellConfig = { ...full, name: full.name.slice(0, 31) };

const fullSystem: SystemConfig = {
  ...qemuArm64.system,
  arch: "x86",
  arm: undefined,
  x86: { pmTimerAddress: 0x608, apicMode: "x2apic", vtdInterruptLimit: 256, tscKhz: 1, apicKhz: 2 },
  iommus: [
    { type: "amd", base: 0xfeb80000n, size: 0x80000, amd: { bdf: "00:00.2", baseCap: 64, msiCap: 84, features: 1 } },
    { type: "unused", base: 0n, size: 0 },
    { type: "pvu", base: 0x30f80000n, size: 0x1000, pvu: { tlbBase: 0x36000000n, tlbSize: 0x40000 } },
    { type: "intel", base: 0xfed90000n, size: 0x1000 },
  ],
  rootCell: fullCell,
};

test("every field and array survives encoding and decoding", () => {
  expect(decodeCell(encodeCell(fullCell))).toEqual(fullCell);
  expect(decodeSystem(encodeSystem(fullSystem))).toEqual(fullSystem);
});

test("a file may be a part of a bigger buffer", () => {
  const bytes = encodeCell(fullCell);
  const buffer = new Uint8Array(bytes.length + 3);
  buffer.set(bytes, 3);
  expect(decodeCell(buffer.subarray(3))).toEqual(fullCell);
});

const inmate = encodeCell(qemuArm64.cells["qemu-arm64-inmate-demo"]);

test("files cut off anywhere are refused", () => {
  for (let length = 0; length < inmate.length; length++) {
    expect(() => decodeCell(inmate.subarray(0, length)), `${length} bytes`).toThrow(UserError);
  }
});
