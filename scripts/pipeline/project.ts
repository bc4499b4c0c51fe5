/** What an inmate's folder says: its settings, its board and its cell. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, join, relative } from "node:path";
import {
  type Board,
  boards,
  type CellConfig,
  type CellDefinition,
  decodeCell,
  definedCells,
  findBoard,
  type InmateConfig,
} from "../../boards/index.ts";
import { UserError } from "../errors.ts";
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
  /** `--cell`: a .cell file, or TypeScript like cell.ts. */
  cell?: string | undefined;
}

export interface Chosen {
  board: Board;
  cell: CellConfig;
}

/** The jh-inmate.config.ts of a folder; without one, no setting is made. */
export async function loadSettings(dir: string): Promise<InmateConfig> {
  const file = join(dir, "jh-inmate.config.ts");
  return existsSync(file) ? ((await loadDefault(file)) as InmateConfig) : {};
}

/**
 * The board is the one that was named, else the settings' one, else the only one that the project has a cell for. The
 * cell is the file that was named, else the project's own if it is for that board, else the board's stock inmate cell.
 */
export async function chooseCell({ what, dir, settings = {}, board, cell: file }: Choice): Promise<Chosen> {
  const name = board ?? settings.board;
  if (file !== undefined && extname(file) === ".cell") return binaryCell(what, file, name);
  const cells = file === undefined ? await projectCells(dir, settings) : definedCells(await loadDefault(file), file);
  const boardName = name ?? onlyBoard(what, cells);
  const own = cells.find((definition) => definition.board.name === boardName);
  if (own) return { board: own.board, cell: own.cell };
  const stock = findBoard(boardName);
  if (file !== undefined) throw new UserError(`${file} is for ${listOf(cells)}, not for ${boardName}`);
  return { board: stock, cell: stock.cells[stock.inmateCell] as CellConfig };
}

/** The project's own cells: those of the settings, else those of cell.ts, else none. */
async function projectCells(dir: string | undefined, settings: InmateConfig): Promise<readonly CellDefinition[]> {
  if (settings.cell !== undefined) return [settings.cell].flat();
  const file = dir === undefined ? undefined : join(dir, "cell.ts");
  if (file === undefined || !existsSync(file)) return [];
  return definedCells(await loadDefault(file), relative(".", file));
}

async function binaryCell(what: string, file: string, name: string | undefined): Promise<Chosen> {
  const board = findBoard(name ?? onlyBoard(what, []));
  if (!existsSync(file)) throw new UserError(`${file}: there is no such file`);
  return { board, cell: decodeCell(await readFile(file), { file, arch: board.arch }) };
}

function onlyBoard(what: string, cells: readonly CellDefinition[]): string {
  const names = [...new Set(cells.map(({ board }) => board.name))];
  if (names.length === 1) return names[0] as string;
  if (names.length > 1) throw new UserError(`${what} has cells for ${listOf(cells)}: choose one with --board`);
  throw new UserError(`${what} names no board: give --board with one of ${Object.keys(boards).join(", ")}`);
}

function listOf(cells: readonly CellDefinition[]): string {
  return cells.map(({ board }) => board.name).join(", ");
}
