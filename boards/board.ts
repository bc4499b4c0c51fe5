/** A board as the rest of the house uses it: made by `defineBoard`, everything resolved. */
import type { Layers } from "./define/layers.ts";
import type { Device, QemuMachine } from "./define/specs.ts";
import type { Arch } from "./format/words.ts";
import type { CellConfig, Console, SystemConfig } from "./model.ts";

export interface Gic {
  readonly version: 2 | 3;
  /** GICD, GICR, GICC, GICH and GICV; 0: the version or board has none. */
  readonly distributor: bigint;
  readonly redistributors: bigint;
  readonly cpuInterface: bigint;
  readonly hypervisorInterface: bigint;
  readonly virtualInterface: bigint;
  readonly maintenanceInterrupt: number;
}

export interface Ioapic {
  readonly address: bigint;
  /** IOMMU unit << 16 | the IOAPIC's requester BDF */
  readonly id: number;
}

/** What cells take from their board. */
export interface BoardFacts {
  readonly name: string;
  readonly arch: Arch;
  readonly consoles: { readonly debug: Console; readonly inmate: Console };
  /** On arm and arm64. */
  readonly gic?: Gic;
  /** On x86. */
  readonly ioapics?: readonly Ioapic[];
  /** Colours of the last cache level that CPUs share. */
  readonly colors?: number;
  /** Memory for cells that want more RAM than the stock one. Absent: there is none to spare. */
  readonly inmateMemory?: { readonly physical: bigint; readonly size: bigint };
}

/** A board's files in one format, by file name without ".cell". */
export interface Configurations<Cell extends string = string> {
  /** The board's main system. */
  readonly system: SystemConfig;
  /** All systems, the main one under the board's name. */
  readonly systems: Readonly<Record<string, SystemConfig>>;
  readonly cells: Readonly<Record<Cell, CellConfig>>;
}

/** `Cell`: its stock cells; `RtCell`: those of the real-time fork. */
export interface Board<Cell extends string = string, RtCell extends string = string> extends BoardFacts {
  readonly title: string;
  /** What is known about the board beyond its data, a sentence each. */
  readonly notes: readonly string[];
  readonly timer: { readonly hz?: number; readonly note: string };
  readonly kernelArguments: readonly string[];
  readonly devices: Readonly<Record<string, Device>>;
  /** Absent: QEMU does not emulate the board. */
  readonly qemu?: QemuMachine;
  /** Absent: only the real-time fork has the board. */
  readonly mainline?: Configurations<Cell>;
  /** The real-time fork's; absent: it does not have the board. */
  readonly rt?: Configurations;
  /** The main system and the stock cells: mainline's, or the fork's on a board that only it has. */
  readonly system: SystemConfig;
  readonly cells: Readonly<Record<Cell, CellConfig>>;
  /** The stock cell that an inmate gets if it asks for none. */
  readonly inmateCell?: Cell;
  /** What the configurations were made of, for those that extend them. */
  readonly specs: { readonly mainline?: Layers<Cell>; readonly rt?: Layers<RtCell> };
}
