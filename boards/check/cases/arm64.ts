/** The sound arm64 system: QEMU's "virt" machine with a link of three peers, and two cells. */
import type { CellConfig, Console, SystemConfig } from "../../model.ts";
import { type Changes, type Configurations, changed, endpoint, plainCell, region, sections } from "./fixture.ts";

export const gicd = 0x8000000n;

export function pins(...numbers: number[]) {
  return [{ address: gicd, id: 0, pinBase: 32, pins: numbers }];
}

export const uart: Console = {
  type: "PL011",
  flags: ["mmio", "regdist4"],
  address: 0x9000000n,
  size: 0,
  divider: 0,
  gateNr: 0,
  clockReg: 0n,
};

export const link = 0x7faf0000;
export const uartPage = region(0x9000000, 0x1000, ["read", "write", "io", "rootshared"]);
export const ram = region(0, 0x10000, ["read", "write", "execute", "loadable"], 0x7fa00000);
export const comm = region(0x80000000, 0x1000, ["read", "write", "comm"], 0);

export const rootDevices = region(0x9000000, 0x1000000, ["read", "write", "io"]);
export const rootRam = region(0x40000000, 0x3fa10000, ["read", "write", "execute"]);

export const system: SystemConfig = {
  kind: "system",
  arch: "arm64",
  flags: ["virtual-debug-console"],
  hypervisorMemory: region(0, 0x400000, [], 0x7fc00000),
  debugConsole: { ...uart, size: 0x1000 },
  pciMmconfigBase: 0x8e00000n,
  pciMmconfigEndBus: 0,
  pciIsVirtual: true,
  pciDomain: 1,
  iommus: [{ type: "smmuv3", base: 0xa000000n, size: 0x20000 }],
  arm: {
    maintenanceIrq: 25,
    gicVersion: 3,
    gicdBase: gicd,
    giccBase: 0n,
    gichBase: 0n,
    gicvBase: 0n,
    gicrBase: 0x80a0000n,
  },
  rootCell: {
    ...plainCell,
    arch: "arm64",
    name: "virt",
    flags: [],
    cpus: [0, 1, 2, 3],
    vpciIrqBase: 96,
    memory: [...sections(link, 0), rootDevices, rootRam],
    irqchips: pins(33, 128, 144, 145, 146),
    pciDevices: [endpoint(0, { domain: 1 })],
  },
};

export const cell: CellConfig = {
  ...plainCell,
  arch: "arm64",
  name: "demo",
  cpus: [1],
  vpciIrqBase: 112,
  console: uart,
  memory: [...sections(link, 1, "rootshared"), uartPage, ram, comm],
  irqchips: pins(144),
  pciDevices: [endpoint(1, { domain: 1 })],
};

export const otherRam = region(0, 0x100000, ["read", "write", "execute", "loadable"], 0x78000000);

export const other: CellConfig = {
  ...cell,
  name: "other",
  cpus: [2],
  vpciIrqBase: 114,
  memory: [...sections(link, 2, "rootshared"), uartPage, otherRam, comm],
  irqchips: pins(146),
  pciDevices: [endpoint(2, { domain: 1 })],
};

/** The system and its first cell, with changes. */
export function arm64(changes: Changes): Configurations {
  return changed(system, cell, changes);
}
