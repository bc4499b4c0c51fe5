/** A board as the rest of the house uses it: made by `defineBoard`, everything resolved. */
import type { CellSpec, Device, QemuMachine, SystemSpec } from "./define/specs.ts";
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

/** What cells take from their board. */
export interface BoardFacts {
  readonly name: string;
  readonly arch: Arch;
  readonly consoles: { readonly debug: Console; readonly inmate: Console };
  /** On arm and arm64. */
  readonly gic?: Gic;
  /** Memory for cells that want more RAM than the stock one. */
  readonly inmateMemory: { readonly physical: bigint; readonly size: bigint };
}

export interface Board<Cell extends string = string> extends BoardFacts {
  readonly title: string;
  readonly timer: { readonly hz?: number; readonly note: string };
  readonly kernelArguments: readonly string[];
  readonly devices: Readonly<Record<string, Device>>;
  /** Absent: QEMU does not emulate the board. */
  readonly qemu?: QemuMachine;
  readonly system: SystemConfig;
  /** The stock cells by file name, without ".cell". */
  readonly cells: Readonly<Record<Cell, CellConfig>>;
  /** The stock cell that an inmate gets if it asks for none. */
  readonly inmateCell: Cell;
  /** What the configurations were made of, for those that extend them: each cell's layers, its foundation first. */
  readonly specs: { readonly system: SystemSpec; readonly cells: Readonly<Record<Cell, readonly CellSpec[]>> };
}
