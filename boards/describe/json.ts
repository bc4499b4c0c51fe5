/** A decoded configuration as JSON: the model's fields in their order, 64-bit numbers as strings like "0x7fa00000". */
import type { Subject } from "./subject.ts";

export interface JsonTitle {
  readonly file: string;
  readonly reference?: string | undefined;
}

/** One object; `board` and `reference` are null if they are not known. */
export function configurationJson({ config, format, board }: Subject, { file, reference }: JsonTitle): string {
  return toJson({ file, format, board: board?.name ?? null, reference: reference ?? null, ...config });
}

/** Indented, with a line end; bigints become hexadecimal strings. */
export function toJson(value: unknown): string {
  const text = JSON.stringify(value, (_, field) => (typeof field === "bigint" ? `0x${field.toString(16)}` : field), 2);
  return `${text}\n`;
}
