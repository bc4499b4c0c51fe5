/** What a cell.ts or jh-inmate.config.ts imports ("jh-inmate/config"): the define functions, sizes, and the boards. */

export type { Board, Configurations, Gic, Ioapic } from "./board.ts";
export { defineBoard } from "./define/board.ts";
export { type CellDefinition, defineCell } from "./define/cell.ts";
export { range } from "./define/checks.ts";
export { defineInmate, type InmateConfig, type InmateNeeds } from "./define/inmate.ts";
export { GiB, KiB, MiB, type Size } from "./define/sizes.ts";
export type {
  BoardSpec,
  CellSpec,
  ColoredSpec,
  ConsoleSpec,
  Device,
  GicSpec,
  IoapicSpec,
  IrqchipSpec,
  IvshmemLink,
  IvshmemSpec,
  MemorySpec,
  PciSpec,
  QemuMachine,
  RamSpec,
  RtSpec,
  SystemSpec,
} from "./define/specs.ts";
export { defineSystem, type SystemDefinition } from "./define/system.ts";
export * from "./named.ts";
