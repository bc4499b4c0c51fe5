/** `.cell` files from configurations and back. */
import { UserError } from "../scripts/errors.ts";
import type { Fields } from "./format/decode.ts";
import { open, readArrays, readRows } from "./format/decode.ts";
import { encodeFile } from "./format/encode.ts";
import { type FormatName, formats } from "./format/formats.ts";
import type { Format } from "./format/layout.ts";
import type { Arch } from "./format/words.ts";
import { type Conclusion, cellArchs, identify, systemArchs } from "./identify.ts";
import type { CellConfig, SystemConfig } from "./model.ts";

export interface DecodeOptions {
  /** What errors call the file, for example its path. */
  readonly file?: string;
  /**
   * The architecture that the file must be for. Real Jailhouse's "cell create" reports success for a cell of another
   * architecture and creates nothing, so name it wherever it is known. The real-time fork's files do not say theirs:
   * without this it is concluded from the contents, which do not tell arm from arm64.
   */
  readonly arch?: Arch;
  /** Mainline by default; `decodeFile` takes either. */
  readonly format?: Format;
}

/**
 * Reads a cell's file; `encodeCell` of the result gives the same bytes.
 * @throws UserError with offset, field, found and expected value if the file is not a cell of this format.
 */
export function decodeCell(bytes: Uint8Array, options: DecodeOptions = {}): CellConfig {
  const { file = "cell configuration", format = formats.mainline, arch } = options;
  const cell = readCell(bytes, file, format);
  if (format.saysArch) checkArch(file, "cell", cell.arch, arch);
  return format.saysArch ? cell : { ...cell, arch: concluded(file, cellArchs(cell), arch) };
}

/** Reads a system's file, like `decodeCell`. */
export function decodeSystem(bytes: Uint8Array, options: DecodeOptions = {}): SystemConfig {
  const { file = "system configuration", format = formats.mainline, arch } = options;
  const source = open(bytes, file);
  const fields: Fields = { kind: "system" };
  // Signature and revision come first, so that a wrong file is called that.
  readRows(source, format.system.slice(0, format.identification), 0, "", fields);
  if (format.saysArch) checkArch(file, "system", fields.arch as Arch, arch);
  else fields.arch = concluded(file, systemArchs(bytes), arch);
  const end = readRows(source, format.system, 0, "", fields);
  const root = { kind: "cell", colored: [], ...(fields.rootCell as Fields), arch: fields.arch };
  readArrays(source, format, end, root);
  return { ...fields, rootCell: root } as unknown as SystemConfig;
}

/** A file of any kind and format. */
export interface DecodedFile {
  readonly format: FormatName;
  readonly config: CellConfig | SystemConfig;
  /** The architectures for which the file can be, `config.arch` first: of the fork's, more than one is usual. */
  readonly archs: readonly Arch[];
}

/**
 * Reads a file of any kind and format. Of the fork's, which does not say its architecture, the likeliest that its
 * contents allow is taken unless `arch` says one.
 * @throws UserError like `decodeCell`.
 */
export function decodeFile(
  bytes: Uint8Array,
  { file = "file", arch }: Omit<DecodeOptions, "format"> = {},
): DecodedFile {
  const { format: name, kind } = identify(bytes, file);
  const format = formats[name];
  const decode = kind === "cell" ? decodeCell : decodeSystem;
  if (arch !== undefined || format.saysArch) {
    const config = decode(bytes, { file, format, ...(arch && { arch }) });
    return { format: name, config, archs: [config.arch] };
  }
  const { archs } = kind === "system" ? systemArchs(bytes) : cellArchs(readCell(bytes, file, format));
  return { format: name, config: decode(bytes, { file, format, ...(archs[0] && { arch: archs[0] }) }), archs };
}

/**
 * The bytes of a cell's file, as `jailhouse cell create` takes it.
 * @throws UserError naming the field if a value does not fit into it.
 */
export function encodeCell(cell: CellConfig, format: Format = formats.mainline): Uint8Array {
  return encodeFile(`cell ${cell.name}`, format, format.cell, cell, cell);
}

/** The bytes of a system's file, as `jailhouse enable` takes it. */
export function encodeSystem(system: SystemConfig, format: Format = formats.mainline): Uint8Array {
  return encodeFile(`system ${system.rootCell.name}`, format, format.system, system, system.rootCell);
}

function readCell(bytes: Uint8Array, file: string, format: Format): CellConfig {
  const source = open(bytes, file);
  const fields: Fields = { kind: "cell", colored: [] };
  const end = readRows(source, format.cell, 0, "", fields);
  readArrays(source, format, end, fields);
  return fields as unknown as CellConfig;
}

const consequence = {
  cell: '"jailhouse cell create" would report success and create nothing',
  system: '"jailhouse enable" would refuse it',
} as const;

function checkArch(file: string, kind: "cell" | "system", found: Arch, expected: Arch | undefined): void {
  if (expected === undefined || found === expected) return;
  throw new UserError(
    `${file}: architecture at offset 5: found ${found}, expected ${expected}; ${consequence[kind]} on ${expected}`,
  );
}

/** The architecture of a file that does not say it. */
function concluded(file: string, { archs, sure }: Conclusion, expected: Arch | undefined): Arch {
  const list = archs.join(" or ");
  if (expected !== undefined) {
    if (!sure || archs.includes(expected)) return expected;
    throw new UserError(
      `${file}: the file does not say its architecture, but it is ${list} by its contents, not ${expected}`,
    );
  }
  const [only, ...others] = archs;
  if (only !== undefined && others.length === 0) return only;
  throw new UserError(
    `${file}: files of the real-time fork do not say their architecture, and this one can be for ${list}; name it`,
  );
}
