/** Reads a file by a layout table. Whatever the table does not allow is an error with its place, never a guess. */
import { UserError } from "../../scripts/errors.ts";
import { hex } from "../define/sizes.ts";
import { formatBdf } from "../pci-address.ts";
import type { ArrayRow, Form, Format, Hints, Row, Words } from "./layout.ts";
import { byNumber, sizeOf } from "./layout.ts";

export type Fields = Record<string, unknown>;

/** A file being read. */
export interface Source {
  readonly bytes: Uint8Array;
  /** What errors call the file. */
  readonly what: string;
  /** Elements that the header announces, by the array's key, and the field that says so. */
  readonly counts: Map<string, { readonly count: number; readonly name: string }>;
}

export function open(bytes: Uint8Array, what: string): Source {
  return { bytes, what, counts: new Map() };
}

/** Reads rows into `fields` and returns the offset behind them. */
export function readRows(source: Source, rows: readonly Row[], offset: number, path: string, fields: Fields): number {
  for (const row of rows) {
    const value = read(source, row.form, offset, path + row.name, fields);
    if (row.key !== undefined) fields[row.key] = value;
    // A union's row brings its own key.
    else if (row.form.kind === "union") Object.assign(fields, value);
    offset += widthOf(row.form, fields);
  }
  return offset;
}

/** Reads the arrays behind the header, and what no count announces, to the end of the file. */
export function readArrays(source: Source, format: Format, start: number, fields: Fields): void {
  let offset = start;
  for (const row of format.arrays) {
    if ("form" in row) {
      offset = readRows(source, [row], offset, "", fields);
      continue;
    }
    const announced = source.counts.get(row.key) ?? { count: 0, name: row.name };
    offset = readArray(source, row, announced.count, offset, fields, ` (${announced.name} is ${announced.count})`);
  }
  const rest = source.bytes.length - offset;
  const size = sizeOf(format.uncounted.of);
  if (rest % size !== 0) {
    throw failure(source, offset, "end of file", `${rest} bytes more`, `none, or PCI devices of ${size} bytes`);
  }
  readArray(source, format.uncounted, rest / size, offset, fields, "");
}

function readArray(source: Source, row: ArrayRow, count: number, offset: number, fields: Fields, hint: string): number {
  const size = sizeOf(row.of);
  const room = source.bytes.length - offset;
  if (count * size > room) {
    throw failure(source, offset, row.name, `${room} bytes to the end of the file`, `${count * size}${hint}`);
  }
  fields[row.key] = Array.from({ length: count }, (_, index) =>
    read(source, row.of, offset + index * size, `${row.name}[${index}]`, {}),
  );
  return offset + count * size;
}

function read(source: Source, form: Form, offset: number, path: string, fields: Fields): unknown {
  const fail = (found: string, expected: string) => failure(source, offset, path, found, expected);
  switch (form.kind) {
    case "uint": {
      const value = integer(source, offset, form.bytes, path);
      if (form.max !== undefined && value > form.max) throw fail(`${value}`, `at most ${form.max}`);
      return form.bytes === 8 ? value : Number(value);
    }
    case "boolean": {
      const value = integer(source, offset, 1, path);
      if (value > 1n) throw fail(`${value}`, "0 or 1");
      return value === 1n;
    }
    case "flags":
      return flags(integer(source, offset, form.bytes, path), form.words, fail);
    case "choice": {
      const value = Number(integer(source, offset, form.bytes, path));
      const word = Object.keys(form.words).find((name) => form.words[name]?.[0] === value);
      if (word === undefined && !form.open) {
        throw fail(`${value}${hint(form.hints, `${value}`)}`, `one of ${choices(form.words)}`);
      }
      return word ?? value;
    }
    case "signature": {
      const text = ascii(slice(source, offset, form.text.length, path));
      if (text !== form.text) throw fail(quote(text) + hint(form.hints, text), quote(form.text));
      return text;
    }
    case "revision": {
      const value = Number(integer(source, offset, form.bytes, path));
      if (value !== form.value) throw fail(`${value}`, `${form.value}`);
      return value;
    }
    case "zero": {
      const bytes = slice(source, offset, form.bytes, path);
      const index = bytes.findIndex((byte) => byte !== 0);
      if (index >= 0) throw failure(source, offset + index, path, `${bytes[index]}`, "0");
      return undefined;
    }
    case "text":
      return text(source, offset, form.bytes, path);
    case "bdf":
      return formatBdf(Number(integer(source, offset, form.bytes, path)));
    case "bitmap": {
      const first = form.from === undefined ? 0 : Number(fields[form.from]);
      const bytes = slice(source, offset, widthOf(form, fields), path);
      return [...bytes].flatMap((byte, index) =>
        [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => byte & (1 << bit)).map((bit) => first + 8 * index + bit),
      );
    }
    case "struct": {
      const value: Fields = {};
      readRows(source, form.rows, offset, `${path}.`, value);
      return value;
    }
    case "list": {
      const size = sizeOf(form.of);
      let { count } = form;
      const bytes = slice(source, offset, count * size, path);
      while (form.trim && count > 0 && bytes.subarray((count - 1) * size, count * size).every((byte) => byte === 0)) {
        count--;
      }
      return Array.from({ length: count }, (_, index) =>
        read(source, form.of, offset + index * size, `${path}[${index}]`, {}),
      );
    }
    case "union": {
      const row = form.rows[String(fields[form.by])];
      const value: Fields = {};
      const end = row ? readRows(source, [row], offset, path.slice(0, path.lastIndexOf(".") + 1), value) : offset;
      read(source, { kind: "zero", bytes: offset + form.bytes - end }, end, path, {});
      return value;
    }
    case "count": {
      const count = Number(integer(source, offset, form.bytes, path));
      source.counts.set(form.of, { count, name: path });
      return count;
    }
  }
}

/** The words of the bits that are set, in the bits' order. */
function flags(value: bigint, words: Words, fail: (found: string, expected: string) => UserError): string[] {
  const known = Object.values(words).reduce((mask, [bit]) => mask | BigInt(bit), 0n);
  if (value & ~known) throw fail(hex(value), `no bits but ${hex(known)}`);
  return Object.keys(words).filter((word) => value & BigInt(words[word]?.[0] ?? 0));
}

function text(source: Source, offset: number, bytes: number, path: string): string {
  const field = slice(source, offset, bytes, path);
  const end = field.indexOf(0);
  if (end < 0) throw failure(source, offset, path, `${bytes} bytes without a NUL`, `at most ${bytes - 1} characters`);
  const odd = field.findIndex((byte, index) => (index < end ? byte < 0x20 || byte > 0x7e : byte !== 0));
  if (odd >= 0) {
    const expected = odd < end ? "a printable ASCII character" : "0 (behind the end of the text)";
    throw failure(source, offset + odd, path, `${field[odd]}`, expected);
  }
  return ascii(field.subarray(0, end));
}

function integer(source: Source, offset: number, bytes: 1 | 2 | 4 | 8, path: string): bigint {
  const field = slice(source, offset, bytes, path);
  const view = new DataView(field.buffer, field.byteOffset, bytes);
  switch (bytes) {
    case 1:
      return BigInt(view.getUint8(0));
    case 2:
      return BigInt(view.getUint16(0, true));
    case 4:
      return BigInt(view.getUint32(0, true));
    default:
      return view.getBigUint64(0, true);
  }
}

function slice(source: Source, offset: number, bytes: number, path: string): Uint8Array {
  const room = source.bytes.length - offset;
  if (bytes > room) throw failure(source, offset, path, `${room} bytes to the end of the file`, `${bytes}`);
  return source.bytes.subarray(offset, offset + bytes);
}

function widthOf(form: Form, fields: Fields): number {
  if (form.kind === "bitmap" && typeof form.bytes !== "number") return Number(fields[form.bytes.field]);
  return sizeOf(form);
}

function ascii(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

/** In quotes, with what no terminal shows escaped. */
function quote(text: string): string {
  const escaped = (letter: string) => `\\x${letter.charCodeAt(0).toString(16).padStart(2, "0")}`;
  return `"${text.replace(/[^ -~]/g, escaped)}"`;
}

function choices(words: Words): string {
  return byNumber(words)
    .map(([word, [value]]) => `${value} (${word})`)
    .join(", ");
}

function hint(hints: Hints | undefined, found: string): string {
  const [, what] = Object.entries(hints ?? {}).find(([beginning]) => found.startsWith(beginning)) ?? [];
  return what === undefined ? "" : ` (${what})`;
}

function failure(source: Source, offset: number, name: string, found: string, expected: string): UserError {
  return new UserError(`${source.what}: ${name} at offset ${offset}: found ${found}, expected ${expected}`);
}
