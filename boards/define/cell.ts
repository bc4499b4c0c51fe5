/** `defineCell`, and how a cell extends another. */
import { UserError } from "../../scripts/errors.ts";
import type { Board } from "../board.ts";
import type { CellConfig } from "../model.ts";
import { didYouMean } from "../nearest.ts";
import { checkKeys } from "./checks.ts";
import { cellKeys, guest, resolveCell } from "./resolve.ts";
import type { CellSpec } from "./specs.ts";

/** A cell that a program asks for, and the board that it is on. */
export interface CellDefinition {
  readonly kind: "cell definition";
  readonly board: Board;
  readonly cell: CellConfig;
}

/**
 * A cell for an inmate: `defineCell({ board: qemuArm64, extend: "qemu-arm64-inmate-demo", ram: "1M" })`. A field that is
 * given takes the place of the extended cell's; `add`, `flags: { … }` and `ram: "1M"` change parts of it.
 * @throws UserError that names board and cell for whatever does not fit.
 */
export function defineCell<Name extends string>(
  spec: CellSpec & { readonly board: Board<Name>; readonly extend?: NoInfer<Name> },
): CellDefinition {
  checkKeys(spec, ["board", "extend", ...cellKeys], "defineCell");
  const { board, ...rest } = spec;
  if (typeof board !== "object" || board === null || !("specs" in board)) {
    throw new UserError('defineCell: board is missing; import one from "jh-inmate/config", for example qemuArm64');
  }
  const layers = layersOf(rest, board.specs.cells, `board ${board.name}`);
  const name = layers.findLast((layer) => layer.name !== undefined)?.name;
  if (name === undefined) {
    throw new UserError(`board ${board.name}: a cell has no name; add name: "…" or extend: "${board.inmateCell}"`);
  }
  const where = `board ${board.name}, cell ${name}`;
  const cell = resolveCell(board, layers, { ...guest, rootCpus: board.system.rootCell.cpus }, where);
  return { kind: "cell definition", board, cell };
}

/**
 * The cells that a cell.ts names: its default export, one definition or a list of them.
 * @throws UserError if it exports something else.
 */
export function definedCells(exported: unknown, file: string): CellDefinition[] {
  const list: unknown[] = Array.isArray(exported) ? exported : [exported];
  if (list.length > 0 && list.every(isCellDefinition)) return list;
  throw new UserError(`${file}: the default export is no cell; write export default defineCell({ board: … })`);
}

export function isCellDefinition(value: unknown): value is CellDefinition {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "cell definition";
}

/** The layers of a cell: those of the one that it extends, its own on top. */
export function layersOf(
  spec: CellSpec & { readonly extend?: string },
  stock: Readonly<Record<string, readonly CellSpec[]>>,
  where: string,
): CellSpec[] {
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
