/** What a cell.ts or jh-inmate.config.ts imports ("jh-inmate/config"): the define functions, sizes, and the boards. */
export type { Board, Gic } from "./board.ts";
export { defineBoard } from "./define/board.ts";
export { type CellDefinition, defineCell } from "./define/cell.ts";
export { range } from "./define/checks.ts";
export { defineInmate, type InmateConfig } from "./define/inmate.ts";
export { GiB, KiB, MiB, type Size } from "./define/sizes.ts";
export type {
  BoardSpec,
  CellSpec,
  ConsoleSpec,
  Device,
  GicSpec,
  IvshmemLink,
  IvshmemSpec,
  MemorySpec,
  PciSpec,
  QemuMachine,
  RamSpec,
  SystemSpec,
} from "./define/specs.ts";
export { defineSystem, type SystemDefinition } from "./define/system.ts";
export { qemuArm64 } from "./qemu-arm64/index.ts";
export { qemuArm64Gicv2 } from "./qemu-arm64-gicv2/index.ts";
