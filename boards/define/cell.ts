/** `defineCell`, and how a cell extends another. */
import { UserError } from "../../scripts/errors.ts";
import type { Board, Configurations } from "../board.ts";
import type { FormatName } from "../format/formats.ts";
import type { CellConfig } from "../model.ts";
import { checkKeys, checkWord } from "./checks.ts";
import { type Layers, layersOf } from "./layers.ts";
import { cellKeys, guest, resolveCell } from "./resolve.ts";
import type { CellSpec } from "./specs.ts";

/** A cell that a program asks for, the board that it is on, and the format of its file. */
export interface CellDefinition {
  readonly kind: "cell definition";
  readonly board: Board;
  readonly format: FormatName;
  readonly cell: CellConfig;
}

/**
 * A cell for an inmate: `defineCell({ board: qemuArm64, extend: "qemu-arm64-inmate-demo", ram: "1M" })`. A field that is
 * given takes the place of the extended cell's; `add`, `flags: { … }` and `ram: "1M"` change parts of it. It is for
 * mainline unless `format: "rt"` says the real-time fork, or only the fork has the board or the extended cell.
 * @throws UserError that names board and cell for whatever does not fit.
 */
export function defineCell<Name extends string, RtName extends string>(
  spec: CellSpec & {
    readonly board: Board<Name, RtName>;
    readonly extend?: NoInfer<Name | RtName>;
    readonly format?: FormatName;
  },
): CellDefinition {
  checkKeys(spec, ["board", "extend", "format", ...cellKeys], "defineCell");
  const { board, format: asked, ...rest } = spec;
  if (typeof board !== "object" || board === null || !("specs" in board)) {
    throw new UserError('defineCell: board is missing; import one from "jh-inmate/config", for example qemuArm64');
  }
  const format = formatFor(board, rest.extend, asked);
  const { cells, system } = board[format] as Configurations;
  const layers = layersOf(rest, (board.specs[format] as Layers).cells, `board ${board.name}`);
  const name = layers.findLast((layer) => layer.name !== undefined)?.name;
  if (name === undefined) {
    const extend = board.inmateCell === undefined ? "" : ` or extend: "${board.inmateCell}"`;
    throw new UserError(`board ${board.name}: a cell has no name; add name: "…"${extend}`);
  }
  const stock = rest.extend === undefined ? undefined : cells[rest.extend];
  const checks = { rootCpus: system.rootCell.cpus, stock };
  const cell = resolveCell(board, layers, { ...guest, format, checks }, `board ${board.name}, cell ${name}`);
  return { kind: "cell definition", board, format, cell };
}

/** The format that is asked for, else the first that has what is extended. */
export function formatFor(board: Board, extend: string | undefined, asked: FormatName | undefined): FormatName {
  const has = (["mainline", "rt"] as const).filter((format) => board[format]);
  if (asked !== undefined) {
    checkWord(asked, ["mainline", "rt"], `board ${board.name}: format`);
    if (has.includes(asked)) return asked;
    throw new UserError(
      asked === "rt"
        ? `board ${board.name}: the real-time fork does not have the board; leave out format: "rt"`
        : `board ${board.name}: only the real-time fork has the board; write format: "rt"`,
    );
  }
  const holds = (format: FormatName) =>
    extend !== undefined && [board[format]?.cells, board[format]?.systems].some((files) => files && extend in files);
  return has.find(holds) ?? (has[0] as FormatName);
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
