/** `.cell` files from configurations and back. */
import { UserError } from "../scripts/errors.ts";
import type { Fields } from "./format/decode.ts";
import { open, readArrays, readRows } from "./format/decode.ts";
import { encodeArrays, encodeRows } from "./format/encode.ts";
import type { Format } from "./format/layout.ts";
import { mainline } from "./format/mainline.ts";
import type { Arch } from "./format/words.ts";
import type { CellConfig, SystemConfig } from "./model.ts";

export interface DecodeOptions {
  /** What errors call the file, for example its path. */
  readonly file?: string;
  /**
   * The architecture that the file must be for. Real Jailhouse's "cell create" reports success for a cell of another
   * architecture and creates nothing, so name it wherever it is known.
   */
  readonly arch?: Arch;
  readonly format?: Format;
}

/**
 * Reads a cell's file; `encodeCell` of the result gives the same bytes.
 * @throws UserError with offset, field, found and expected value if the file is not a cell of this format.
 */
export function decodeCell(bytes: Uint8Array, options: DecodeOptions = {}): CellConfig {
  const { file = "cell configuration", format = mainline } = options;
  const source = open(bytes, file);
  const fields: Fields = { kind: "cell" };
  const end = readRows(source, format.cell, 0, "", fields);
  checkArch(file, fields.arch as Arch, options.arch);
  readArrays(source, format, end, fields);
  return fields as unknown as CellConfig;
}

/** Reads a system's file, like `decodeCell`. */
export function decodeSystem(bytes: Uint8Array, options: DecodeOptions = {}): SystemConfig {
  const { file = "system configuration", format = mainline } = options;
  const source = open(bytes, file);
  const fields: Fields = { kind: "system" };
  const end = readRows(source, format.system, 0, "", fields);
  checkArch(file, fields.arch as Arch, options.arch);
  const root = { kind: "cell", arch: fields.arch, ...(fields.rootCell as Fields) };
  readArrays(source, format, end, root);
  return { ...fields, rootCell: root } as unknown as SystemConfig;
}

/**
 * The bytes of a cell's file, as `jailhouse cell create` takes it.
 * @throws UserError naming the field if a value does not fit into it.
 */
export function encodeCell(cell: CellConfig, format: Format = mainline): Uint8Array {
  const what = `cell ${cell.name}`;
  const fields = cell as unknown as Fields;
  return Uint8Array.from([...encodeRows(what, format.cell, "", fields), ...encodeArrays(what, format, fields)]);
}

/** The bytes of a system's file, as `jailhouse enable` takes it. */
export function encodeSystem(system: SystemConfig, format: Format = mainline): Uint8Array {
  const what = `system ${system.rootCell.name}`;
  const header = encodeRows(what, format.system, "", system as unknown as Fields);
  return Uint8Array.from([...header, ...encodeArrays(what, format, system.rootCell as unknown as Fields)]);
}

function checkArch(file: string, found: Arch, expected: Arch | undefined): void {
  if (expected === undefined || found === expected) return;
  throw new UserError(`${file}: architecture at offset 5: found ${found}, expected ${expected}`);
}
