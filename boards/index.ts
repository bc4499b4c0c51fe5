/** Boards, and the codec of their configuration files ("jh-inmate/cell"). Runs in Node and in a browser. */
import { UserError } from "../scripts/errors.ts";
import { all } from "./all.ts";
import type { Board } from "./board.ts";
import { ramAt } from "./define/memory.ts";
import { hex } from "./define/sizes.ts";
import type { CellConfig } from "./model.ts";
import { didYouMean } from "./nearest.ts";

export type { Board, Configurations, Gic, Ioapic } from "./board.ts";
export {
  type DecodedFile,
  type DecodeOptions,
  decodeCell,
  decodeFile,
  decodeSystem,
  encodeCell,
  encodeSystem,
} from "./codec.ts";
export { type CellDefinition, definedCells } from "./define/cell.ts";
export { colorMask, colorsOf } from "./define/colors.ts";
export type { InmateConfig, InmateNeeds } from "./define/inmate.ts";
export { bytesOf } from "./define/sizes.ts";
export type { Device, QemuMachine } from "./define/specs.ts";
export { type FormatName, formats } from "./format/formats.ts";
export type { Arch, CellFlag, ConsoleType, MemoryFlag } from "./format/words.ts";
export { type Identity, identify } from "./identify.ts";
export * from "./model.ts";

/** The boards by name. */
export const boards: Readonly<Record<string, Board>> = Object.fromEntries(all.map((board) => [board.name, board]));

/** @throws UserError that lists the boards if there is none of that name. */
export function findBoard(name: string): Board {
  const board = Object.hasOwn(boards, name) ? boards[name] : undefined;
  if (board) return board;
  const names = Object.keys(boards);
  throw new UserError(`there is no board "${name}"${didYouMean(name, names)}; boards are ${names.join(", ")}`);
}

export interface CellRam {
  /** Where the cell sees it: what the image is linked for. */
  readonly address: bigint;
  readonly size: bigint;
  /** Where it is; of coloured RAM, where its first period begins. */
  readonly physical: bigint;
}

/**
 * The region that an image is loaded to: writable, loadable, around the reset address.
 * @throws UserError if the cell has none.
 */
export function cellRam(cell: CellConfig): CellRam {
  // The loader looks through normal regions first.
  const region = ramAt([...cell.memory, ...cell.colored], cell.resetAddress);
  if (!region) {
    throw new UserError(
      `cell ${cell.name}: no writable, loadable memory at its reset address ${hex(cell.resetAddress)}; ` +
        'add ram: "64K" or set resetAddress to where its RAM is',
    );
  }
  return { address: region.address, size: region.size, physical: region.physical };
}
