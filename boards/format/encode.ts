/** Writes a file by a layout table. A value that its field cannot hold is an error that names the field. */
import { UserError } from "../../scripts/errors.ts";
import { parseBdf } from "../pci-address.ts";
import type { Fields } from "./decode.ts";
import type { Form, Format, Row, Words } from "./layout.ts";
import { sizeOf } from "./layout.ts";
import { Writer } from "./writer.ts";

/**
 * The bytes of a file.
 * @param what what errors call the configuration
 * @param config what the header says
 * @param cell whose arrays follow: the cell's or, in a system, the root cell's
 */
export function encodeFile(
  what: string,
  format: Format,
  header: readonly Row[],
  config: object,
  cell: object,
): Uint8Array {
  const out = new Writer();
  encodeRows(out, what, header, "", config as Fields);
  const fields = cell as Fields;
  for (const row of [...format.arrays, format.uncounted]) {
    if ("form" in row) {
      encodeRows(out, what, [row], "", fields);
      continue;
    }
    const at: Place = { what, path: row.name, fields };
    list(at, fields[row.key]).forEach((value, index) => {
      encode(out, elementOf(at, index), row.of, value);
    });
  }
  for (const key of format.absent) {
    const at: Place = { what, path: key, fields };
    if (list(at, fields[key]).length > 0) throw failure(at, "some", `none: the ${format.name} format cannot say them`);
  }
  return out.bytes();
}

/** The field that is being written, and the fields beside it. */
interface Place {
  readonly what: string;
  readonly path: string;
  readonly fields: Fields;
}

function elementOf({ what, path }: Place, index: number): Place {
  return { what, path: `${path}[${index}]`, fields: {} };
}

function encodeRows(out: Writer, what: string, rows: readonly Row[], path: string, fields: Fields): void {
  for (const row of rows) {
    encode(out, { what, path: path + row.name, fields }, row.form, row.key === undefined ? undefined : fields[row.key]);
  }
}

function encode(out: Writer, at: Place, form: Form, value: unknown): void {
  switch (form.kind) {
    case "uint":
      out.integer(integer(at, form.bytes, form.max, value), form.bytes);
      return;
    case "boolean":
      if (typeof value !== "boolean") throw failure(at, value, "true or false");
      out.integer(value ? 1n : 0n, 1);
      return;
    case "flags": {
      const bits = list(at, value).map((word) => BigInt(numberOf(at, form.words, word)));
      out.integer(
        bits.reduce((sum, bit) => sum | bit, 0n),
        form.bytes,
      );
      return;
    }
    case "choice": {
      const number = form.open && typeof value === "number" ? value : numberOf(at, form.words, value);
      out.integer(integer(at, form.bytes, undefined, number), form.bytes);
      return;
    }
    case "signature":
      out.text(form.text);
      return;
    case "revision":
      out.integer(BigInt(form.value), form.bytes);
      return;
    case "zero":
      out.zeros(form.bytes);
      return;
    case "text":
      if (typeof value !== "string" || !/^[ -~]*$/.test(value)) throw failure(at, value, "printable ASCII");
      if (value.length >= form.bytes) throw failure(at, value, `at most ${form.bytes - 1} characters`);
      out.text(value);
      out.zeros(form.bytes - value.length);
      return;
    case "bdf": {
      const bdf = typeof value === "string" ? parseBdf(value) : undefined;
      if (bdf === undefined) throw failure(at, value, 'bus, device and function like "00:1b.0"');
      out.integer(BigInt(bdf), form.bytes);
      return;
    }
    case "bitmap": {
      const bytes = typeof form.bytes === "number" ? form.bytes : Number(at.fields[form.bytes.field]);
      bitmap(out, at, bytes, form.from === undefined ? 0 : Number(at.fields[form.from]), value);
      return;
    }
    case "struct":
      if (typeof value !== "object" || value === null) throw failure(at, value, "an object");
      encodeRows(out, at.what, form.rows, `${at.path}.`, value as Fields);
      return;
    case "list": {
      const values = list(at, value);
      if (values.length > form.count || (!form.trim && values.length < form.count)) {
        throw failure(at, values.length, `${form.trim ? "at most " : ""}${form.count} elements`);
      }
      values.forEach((element, index) => {
        encode(out, elementOf(at, index), form.of, element);
      });
      out.zeros((form.count - values.length) * sizeOf(form.of));
      return;
    }
    case "union": {
      const row = form.rows[String(at.fields[form.by])];
      const start = out.length;
      if (row) encodeRows(out, at.what, [row], at.path.slice(0, at.path.lastIndexOf(".") + 1), at.fields);
      out.zeros(form.bytes - (out.length - start));
      return;
    }
    case "count":
      out.integer(BigInt(list({ ...at, path: form.of }, at.fields[form.of]).length), form.bytes);
      return;
  }
}

function bitmap(out: Writer, at: Place, bytes: number, first: number, numbers: unknown): void {
  const start = out.zeros(bytes);
  for (const number of list(at, numbers)) {
    const bit = typeof number === "number" && Number.isInteger(number) ? number - first : -1;
    if (bit < 0 || bit >= 8 * bytes) {
      throw failure(at, number, bytes === 0 ? "none" : `numbers from ${first} to ${first + 8 * bytes - 1}`);
    }
    out.setBit(start, bit);
  }
}

function integer(at: Place, bytes: number, max: number | undefined, value: unknown): bigint {
  const highest = max === undefined ? (1n << BigInt(8 * bytes)) - 1n : BigInt(max);
  const whole = bytes === 8 ? typeof value === "bigint" : typeof value === "number" && Number.isInteger(value);
  const number = whole ? BigInt(value as number | bigint) : -1n;
  if (number < 0n || number > highest) {
    throw failure(at, value, `a ${bytes === 8 ? "bigint" : "number"} from 0 to ${highest}`);
  }
  return number;
}

function numberOf(at: Place, words: Words, word: unknown): number {
  const number = typeof word === "string" && Object.hasOwn(words, word) ? words[word]?.[0] : undefined;
  if (number === undefined) throw failure(at, word, `one of ${Object.keys(words).join(", ")}`);
  return number;
}

function list(at: Place, value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw failure(at, value, "a list");
  return value;
}

function failure({ what, path }: Place, value: unknown, expected: string): UserError {
  const found = typeof value === "string" ? `"${value}"` : value === undefined ? "nothing" : String(value);
  return new UserError(`${what}: ${path}: found ${found}, expected ${expected}`);
}
