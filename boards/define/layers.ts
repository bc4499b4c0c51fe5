/** What configurations are made of: specifications over each other, the foundation first. */
import { UserError } from "../../scripts/errors.ts";
import { didYouMean } from "../nearest.ts";
import { checkKeys } from "./checks.ts";
import { cellKeys } from "./resolve.ts";
import type { BoardSpec, CellSpec, RtSpec, SystemSpec } from "./specs.ts";

type CellLayers = Readonly<Record<string, readonly CellSpec[]>>;

/** The layers of a board's files in one format, by file name. */
export interface Layers<Cell extends string = string> {
  readonly systems: Readonly<Record<string, readonly Partial<SystemSpec>[]>>;
  readonly cells: Readonly<Partial<Record<Cell, readonly CellSpec[]>>>;
}

/** Those of mainline, or of the only format that has the board. */
export function mainLayers({ name, system, cells }: BoardSpec<string>): Layers & { readonly cells: CellLayers } {
  const layers: Record<string, readonly CellSpec[]> = {};
  for (const [file, cell] of Object.entries<CellSpec>(cells)) {
    // A stock cell bears its file's name unless it says another one, not that of the cell it extends.
    layers[file] = layersOf({ name: file, ...cell }, layers, `board ${name}, cell ${file}`);
  }
  return { systems: { [name]: [system] }, cells: layers };
}

/** Those of the real-time fork: the main ones, changed as `rt` says. */
export function rtLayers(board: string, main: ReturnType<typeof mainLayers>, rt: RtSpec<string, string>) {
  const where = `board ${board}, real-time fork`;
  checkKeys(rt, ["system", "systems", "cells"], where);
  const system = [...(main.systems[board] ?? []), ...(rt.system ? [rt.system] : [])];
  const systems = Object.entries(rt.systems ?? {}).map(([file, spec]) => [file, [...system, spec]] as const);
  const cells: Record<string, readonly CellSpec[]> = { ...main.cells };
  for (const [file, cell] of Object.entries(rt.cells ?? {})) {
    const at = `${where}, cell ${file}`;
    const below = cells[file];
    if (cell === false) delete cells[file];
    else if (below && cell.extend === undefined) cells[file] = [...below, ...layersOf(cell, {}, at)];
    else cells[file] = layersOf({ name: file, ...cell }, { ...main.cells, ...cells }, at);
  }
  return { systems: { [board]: system, ...Object.fromEntries(systems) }, cells };
}

/** The layers of a cell: those of the one that it extends, its own on top. */
export function layersOf(
  spec: CellSpec & { readonly extend?: string },
  stock: Readonly<Record<string, readonly CellSpec[] | undefined>>,
  where: string,
): readonly CellSpec[] {
  checkKeys(spec, ["extend", ...cellKeys], where);
  const { extend, ...own } = spec;
  if (extend === undefined) return [own];
  const below = Object.hasOwn(stock, extend) ? stock[extend] : undefined;
  if (below) return [...below, own];
  const names = Object.keys(stock);
  throw new UserError(
    `${where}: there is no cell "${extend}" to extend${didYouMean(extend, names)}; cells are ${names.join(", ")}`,
  );
}
