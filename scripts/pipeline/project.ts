/** What an inmate's folder says: its settings, its board and its cell. */
import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { defineCell } from "../../boards/define/cell.ts";
import { pairs } from "../../boards/describe/index.ts";
import {
  type Board,
  boards,
  type CellConfig,
  type CellDefinition,
  cellRam,
  definedCells,
  type FormatName,
  findBoard,
  type InmateConfig,
} from "../../boards/index.ts";
import { isUserError, UserError } from "../errors.ts";
import { type LoadOptions, loadConfiguration } from "./configuration.ts";
import { loadDefault } from "./load.ts";

export interface Choice {
  /** What errors call the project: its folder or file as the user wrote it. */
  what: string;
  /** The folder in which cell.ts may lie. */
  dir?: string | undefined;
  /** The settings of that folder, by `loadSettings`. */
  settings?: InmateConfig | undefined;
  /** `--board`. */
  board?: string | undefined;
  /** `--cell`: a .cell file, TypeScript like cell.ts, or the name of a board's cell. */
  cell?: string | undefined;
  /** Of the board's stock inmate cell, which is chosen when nothing else is said: it gets more if the board keeps as much for inmates. */
  leastRam?: number | undefined;
}

export interface Chosen {
  board: Board;
  cell: CellConfig;
  /** That of the cell's file. */
  format: FormatName;
}

/** The jh-inmate.config.ts of a folder; without one, no setting is made. */
export async function loadSettings(dir: string): Promise<InmateConfig> {
  const file = join(dir, "jh-inmate.config.ts");
  return existsSync(file) ? ((await loadDefault(file)) as InmateConfig) : {};
}

/**
 * The cell is the one that was named, and the board its; else the board is the one that was named, else the settings'
 * one, else the only one that the project has a cell for, and the cell the project's own if it is for that board, else
 * the board's stock inmate cell.
 */
export async function chooseCell({
  what,
  dir,
  settings = {},
  board,
  cell: named,
  leastRam = 0,
}: Choice): Promise<Chosen> {
  const name = board ?? settings.board;
  if (named !== undefined) return namedCell(what, named, { board, likelyBoard: settings.board });
  const cells = await projectCells(dir, settings);
  const boardName = name ?? onlyBoard(what, cells);
  const own = cells.find((definition) => definition.board.name === boardName);
  return own ?? stockCell(findBoard(boardName), leastRam);
}

/** The project's own cells: those of the settings, else those of cell.ts, else none. */
async function projectCells(dir: string | undefined, settings: InmateConfig): Promise<readonly CellDefinition[]> {
  if (settings.cell !== undefined) return [settings.cell].flat();
  const file = dir === undefined ? undefined : join(dir, "cell.ts");
  if (file === undefined || !existsSync(file)) return [];
  return definedCells(await loadDefault(file), relative(".", file));
}

async function namedCell(what: string, name: string, options: LoadOptions): Promise<Chosen> {
  const { file, config, format, board } = await loadConfiguration(name, options);
  if (config.kind === "system") {
    throw new UserError(`--cell ${file} is a system: an inmate runs in a cell, name one as in jh-inmate boards BOARD`);
  }
  return { board: board ?? findBoard(onlyBoard(what, [])), cell: config, format };
}

function stockCell(board: Board, leastRam: number): Chosen {
  const { name, inmateCell, cells } = board;
  const cell = inmateCell === undefined ? undefined : cells[inmateCell];
  if (!cell) {
    throw new UserError(
      `board ${name} has no stock cell for inmates: name one with --cell, of ${Object.keys(cells).join(", ")}`,
    );
  }
  const stock: Chosen = { board, cell, format: board.mainline ? "mainline" : "rt" };
  const { address, size } = cellRam(cell);
  if (address + size - cell.resetAddress >= leastRam) return stock;
  try {
    return defineCell({ board, extend: inmateCell as never, ram: leastRam });
  } catch (error) {
    if (!isUserError(error)) throw error;
    return stock;
  }
}

function onlyBoard(what: string, cells: readonly CellDefinition[]): string {
  const names = [...new Set(cells.map(({ board }) => board.name))];
  if (names.length === 1) return names[0] as string;
  if (names.length > 1) throw new UserError(`${what} has cells for ${listOf(cells)}: choose one with --board`);
  const all = pairs([["", Object.keys(boards).join(", ")]], 0);
  throw new UserError(`${what} names no board: give --board with one of these`, all.join("\n"));
}

function listOf(cells: readonly CellDefinition[]): string {
  return cells.map(({ board }) => board.name).join(", ");
}
