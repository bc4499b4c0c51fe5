/** The sound x86 system: QEMU's Q35 with a sound card for the cell, and a link with MSI-X. */
import type { CellConfig, Console, PciCap, PciDevice, SystemConfig } from "../../model.ts";
import {
  type Changes,
  type Configurations,
  changed,
  device,
  endpoint,
  plainCell,
  region,
  sections,
} from "./fixture.ts";

export const com1: Console = {
  type: "8250",
  flags: [],
  address: 0x3f8n,
  size: 0,
  divider: 0,
  gateNr: 0,
  clockReg: 0n,
};

export const ioapic = 0xfec00000n;
export const link = 0x3f000000;

export function pins(...numbers: number[]) {
  return [{ address: ioapic, id: 0xff00, pinBase: 0, pins: numbers }];
}

export const msi: PciCap = { id: "msi", start: 0x60, length: 14, flags: ["write"] };

export const sound: PciDevice = {
  ...device,
  bdf: "00:1b.0",
  barMasks: [0xffffc000, 0, 0, 0, 0, 0],
  capsCount: 1,
  msiVectors: 1,
  msiFlags: ["64bit"],
  msixVectors: 2,
  msixRegionSize: 0x1000,
  msixAddress: 0xfea98000n,
};

const vectors: Partial<PciDevice> = { bdf: "01:0e.0", barMasks: [0xfffff000, 0xfffff000, 0, 0, 0, 0], msixVectors: 16 };

export const ram = region(0, 0x100000, ["read", "write", "execute", "loadable"], 0x3ee00000);
export const comm = region(0x100000, 0x1000, ["read", "write", "comm"], 0);
export const bar = region(0xfea94000, 0x4000, ["read", "write"]);

export const system: SystemConfig = {
  kind: "system",
  arch: "x86",
  flags: ["virtual-debug-console"],
  hypervisorMemory: region(0, 0x600000, [], 0x3a000000),
  debugConsole: com1,
  pciMmconfigBase: 0xb0000000n,
  pciMmconfigEndBus: 255,
  pciIsVirtual: false,
  pciDomain: 0,
  iommus: [{ type: "intel", base: 0xfed90000n, size: 0x1000 }],
  x86: { pmTimerAddress: 0x608, apicMode: "auto", vtdInterruptLimit: 256, tscKhz: 0, apicKhz: 0 },
  rootCell: {
    ...plainCell,
    arch: "x86",
    name: "q35",
    flags: [],
    cpus: [0, 1, 2, 3],
    memory: [
      ...sections(link, 0),
      region(0, 0x3a000000, ["read", "write", "execute", "dma"]),
      region(0x3a600000, 0x4a00000, ["read", "write", "execute"]),
      bar,
    ],
    irqchips: pins(3, 4, 9, 10),
    ports: [{ base: 0, length: 0x1000 }],
    pciDevices: [sound, endpoint(0, vectors)],
    pciCaps: [msi],
    caches: [{ start: 0, size: 8, type: "l3", flags: [] }],
  },
};

export const cell: CellConfig = {
  ...plainCell,
  arch: "x86",
  name: "demo",
  cpus: [2],
  console: com1,
  memory: [...sections(link, 1, "rootshared"), ram, comm, bar],
  irqchips: pins(9),
  ports: [{ base: 0x3f8, length: 8 }],
  pciDevices: [sound, endpoint(1, vectors)],
  pciCaps: [msi],
  caches: [{ start: 0, size: 2, type: "l3", flags: [] }],
};

export const otherRam = region(0, 0x100000, ["read", "write", "execute", "loadable"], 0x3ed00000);

/** A cell that shares nothing with the first. */
export const other: CellConfig = {
  ...plainCell,
  arch: "x86",
  name: "other",
  cpus: [3],
  flags: ["passive-commreg", "virtual-console-permitted"],
  memory: [otherRam, comm],
  irqchips: pins(10),
  ports: [{ base: 0x2f8, length: 8 }],
  caches: [{ start: 2, size: 1, type: "l3", flags: [] }],
};

/** The system and its first cell, with changes. */
export function x86(changes: Changes): Configurations {
  return changed(system, cell, changes);
}
