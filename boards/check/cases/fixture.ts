/** A sound system with two cells on arm64 and one on x86; each case breaks one of them in one way. */
import type { FormatName } from "../../format/formats.ts";
import type { MemoryFlag } from "../../format/words.ts";
import type { CellConfig, Console, MemoryRegion, PciDevice, SystemConfig } from "../../model.ts";
import type { CellFile, SystemFile } from "../index.ts";

/** A mistake, and what the check says of it. */
export interface Case {
  readonly mistake: string;
  readonly id: string;
  readonly set: Configurations;
  /** By default the cell's alone, "demo.cell". */
  readonly files?: readonly string[];
  readonly message: string;
  readonly remedy: string;
  /** Further findings that the same mistake causes. */
  readonly also?: readonly string[];
}

export interface Configurations {
  readonly system: SystemFile;
  readonly cells: readonly CellFile[];
}

/** What a case changes. */
export interface Changes {
  readonly system?: Partial<SystemConfig>;
  readonly root?: Partial<CellConfig>;
  readonly cell?: Partial<CellConfig>;
  /** A second cell; by default there is none. */
  readonly other?: CellConfig;
  readonly format?: FormatName;
  readonly cellFormat?: FormatName;
}

export function region(address: number, size: number, flags: readonly MemoryFlag[], physical = address): MemoryRegion {
  return { physical: BigInt(physical), address: BigInt(address), size: BigInt(size), flags };
}

export const device: Omit<PciDevice, "bdf"> = {
  type: "device",
  iommu: 0,
  domain: 0,
  barMasks: [0, 0, 0, 0, 0, 0],
  capsStart: 0,
  capsCount: 0,
  msiVectors: 0,
  msiFlags: [],
  msixVectors: 0,
  msixRegionSize: 0,
  msixAddress: 0n,
  shmemRegionsStart: 0,
  shmemId: 0,
  shmemPeers: 0,
  shmemProtocol: "undefined",
};

/** The device of peer `id`, whose sections are the cell's first regions. */
export function endpoint(id: number, more: Partial<PciDevice> = {}): PciDevice {
  const barMasks = [0xfffff000, 0, 0, 0, 0, 0];
  return { ...device, type: "ivshmem", bdf: "00:00.0", barMasks, shmemId: id, shmemPeers: 3, ...more };
}

/** State table, common section, an output section for each of three peers. */
export function sections(base: number, id: number, ...shared: readonly MemoryFlag[]): MemoryRegion[] {
  const output = (peer: number): MemoryFlag[] => (peer === id ? ["read", "write", ...shared] : ["read", ...shared]);
  return [
    region(base, 0x1000, ["read", ...shared]),
    region(base + 0x1000, 0x9000, ["read", "write", ...shared]),
    ...[0, 1, 2].map((peer) => region(base + 0xa000 + peer * 0x2000, 0x2000, output(peer))),
  ];
}

export const noConsole: Console = {
  type: "none",
  flags: [],
  address: 0n,
  size: 0,
  divider: 0,
  gateNr: 0,
  clockReg: 0n,
};

export const plainCell: Omit<CellConfig, "arch" | "name" | "cpus" | "memory"> = {
  kind: "cell",
  id: 0,
  flags: ["passive-commreg"],
  cpuSetSize: 8,
  resetAddress: 0n,
  replyTimeout: 0n,
  vpciIrqBase: 0,
  console: noConsole,
  colored: [],
  caches: [],
  irqchips: [],
  ports: [],
  pciDevices: [],
  pciCaps: [],
  streamIds: [],
  uncountedPciDevices: [],
};

/** @returns the sound set with the changes */
export function changed(system: SystemConfig, cell: CellConfig, changes: Changes): Configurations {
  const { format = "mainline", cellFormat = format, other } = changes;
  const config = { ...system, rootCell: { ...system.rootCell, ...changes.root }, ...changes.system };
  return {
    system: { file: "sys.cell", config, format },
    cells: [
      { file: "demo.cell", config: { ...cell, ...changes.cell }, format: cellFormat },
      ...(other ? [{ file: "other.cell", config: other, format: cellFormat }] : []),
    ],
  };
}
