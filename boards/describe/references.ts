/** The configurations of all boards, by file name. */
import { UserError } from "../../scripts/errors.ts";
import { all } from "../all.ts";
import type { Board } from "../board.ts";
import type { FormatName } from "../format/formats.ts";
import type { CellConfig, SystemConfig } from "../model.ts";
import { nearest } from "../nearest.ts";
import { firstDifference } from "./same.ts";

export interface Reference {
  /** The file's name without ".cell". */
  readonly name: string;
  readonly board: Board;
  readonly format: FormatName;
  readonly config: CellConfig | SystemConfig;
}

export const formatNames: readonly FormatName[] = ["mainline", "rt"];

/** Those of one format, in the order of the boards: each board's systems, then its cells. */
export function references(format: FormatName): Reference[] {
  return all.flatMap((board) => {
    const configurations = board[format];
    if (!configurations) return [];
    const files = [...Object.entries(configurations.systems), ...Object.entries(configurations.cells)];
    return files.map(([name, config]) => ({ name, board, format, config }));
  });
}

/**
 * The configuration called "NAME", "mainline:NAME" or "rt:NAME"; of a bare name mainline's, else the fork's.
 * @throws UserError with the nearest name if there is none.
 */
export function findReference(text: string, asked?: FormatName): Reference {
  const [, prefix, name] = /^(?:(mainline|rt):)?(.*)$/s.exec(text) as unknown as [string, FormatName?, string?];
  const formats = (prefix ?? asked) ? [(prefix ?? asked) as FormatName] : formatNames;
  const found = formats.flatMap(references).find((reference) => reference.name === name);
  if (found) return found;
  const elsewhere = formatNames.flatMap(references).find((reference) => reference.name === name);
  if (elsewhere) {
    const [has, not] =
      elsewhere.format === "rt" ? ["the real-time fork", "mainline"] : ["mainline", "the real-time fork"];
    throw new UserError(`${name}: only ${has} has this configuration, not ${not}; write ${elsewhere.format}:${name}`);
  }
  const near = nearest(`${name}`, [...new Set(formats.flatMap(references).map((reference) => reference.name))]);
  const meant = near === undefined ? "" : ` (did you mean "${near}"?)`;
  throw new UserError(`there is no file and no configuration "${text}"${meant}; jh-inmate boards lists what there is`);
}

/** Whether `findReference` finds it. */
export function isReference(text: string): boolean {
  const name = text.replace(/^(mainline|rt):/, "");
  return formatNames.flatMap(references).some((reference) => reference.name === name);
}

/** The reference that `config` is equal to. */
export function sameReference(config: CellConfig | SystemConfig, format: FormatName): Reference | undefined {
  const nameOf = (of: CellConfig | SystemConfig) => (of.kind === "system" ? of.rootCell.name : of.name);
  return references(format).find(
    (reference) =>
      nameOf(reference.config) === nameOf(config) && firstDifference(reference.config, config) === undefined,
  );
}
