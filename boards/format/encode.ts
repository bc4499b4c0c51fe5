/** Writes a file by a layout table. A value that its field cannot hold is an error that names the field. */
import { UserError } from "../../scripts/errors.ts";
import { parseBdf } from "../pci-address.ts";
import type { Fields } from "./decode.ts";
import type { Form, Format, Row, Words } from "./layout.ts";
import { sizeOf } from "./layout.ts";

/** The bytes of the rows. `what` is what errors call the configuration. */
export function encodeRows(what: string, rows: readonly Row[], path: string, fields: Fields): number[] {
  return rows.flatMap((row) =>
    encode({ what, path: path + row.name, fields }, row.form, row.key === undefined ? undefined : fields[row.key]),
  );
}

/** The bytes of the arrays behind the header, and of what no count announces. */
export function encodeArrays(what: string, format: Format, fields: Fields): number[] {
  return [...format.arrays, format.uncounted].flatMap((row) => {
    if ("form" in row) return encodeRows(what, [row], "", fields);
    const at: Place = { what, path: row.name, fields };
    return list(at, fields[row.key]).flatMap((value, index) => encode(elementOf(at, index), row.of, value));
  });
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

function encode(at: Place, form: Form, value: unknown): number[] {
  switch (form.kind) {
    case "uint":
      return littleEndian(integer(at, form.bytes, form.max, value), form.bytes);
    case "boolean":
      if (typeof value !== "boolean") throw failure(at, value, "true or false");
      return [value ? 1 : 0];
    case "flags": {
      const bits = list(at, value).map((word) => BigInt(numberOf(at, form.words, word)));
      return littleEndian(
        bits.reduce((sum, bit) => sum | bit, 0n),
        form.bytes,
      );
    }
    case "choice": {
      const number = form.open && typeof value === "number" ? value : numberOf(at, form.words, value);
      return littleEndian(integer(at, form.bytes, undefined, number), form.bytes);
    }
    case "signature":
      return codes(form.text);
    case "revision":
      return littleEndian(BigInt(form.value), form.bytes);
    case "zero":
      return zeros(form.bytes);
    case "text":
      if (typeof value !== "string" || !/^[ -~]*$/.test(value)) throw failure(at, value, "printable ASCII");
      if (value.length >= form.bytes) throw failure(at, value, `at most ${form.bytes - 1} characters`);
      return [...codes(value), ...zeros(form.bytes - value.length)];
    case "bdf": {
      const bdf = typeof value === "string" ? parseBdf(value) : undefined;
      if (bdf === undefined) throw failure(at, value, 'bus, device and function like "00:1b.0"');
      return littleEndian(BigInt(bdf), form.bytes);
    }
    case "bitmap": {
      const bytes = typeof form.bytes === "number" ? form.bytes : Number(at.fields[form.bytes.field]);
      return bitmap(at, bytes, form.from === undefined ? 0 : Number(at.fields[form.from]), value);
    }
    case "struct":
      if (typeof value !== "object" || value === null) throw failure(at, value, "an object");
      return encodeRows(at.what, form.rows, `${at.path}.`, value as Fields);
    case "list": {
      const values = list(at, value);
      if (values.length > form.count || (!form.trim && values.length < form.count)) {
        throw failure(at, values.length, `${form.trim ? "at most " : ""}${form.count} elements`);
      }
      const bytes = values.flatMap((element, index) => encode(elementOf(at, index), form.of, element));
      return [...bytes, ...zeros(form.count * sizeOf(form.of) - bytes.length)];
    }
    case "union": {
      const row = form.rows[String(at.fields[form.by])];
      const parent = at.path.slice(0, at.path.lastIndexOf(".") + 1);
      const bytes = row ? encodeRows(at.what, [row], parent, at.fields) : [];
      return [...bytes, ...zeros(form.bytes - bytes.length)];
    }
    case "count":
      return littleEndian(BigInt(list({ ...at, path: form.of }, at.fields[form.of]).length), form.bytes);
  }
}

function bitmap(at: Place, bytes: number, first: number, numbers: unknown): number[] {
  const map = zeros(bytes);
  for (const number of list(at, numbers)) {
    const bit = typeof number === "number" && Number.isInteger(number) ? number - first : -1;
    if (bit < 0 || bit >= 8 * bytes) {
      throw failure(at, number, bytes === 0 ? "none" : `numbers from ${first} to ${first + 8 * bytes - 1}`);
    }
    map[bit >> 3] = map[bit >> 3]! | (1 << (bit & 7));
  }
  return map;
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
  const number = typeof word === "string" && Object.hasOwn(words, word) ? words[word] : undefined;
  if (number === undefined) throw failure(at, word, `one of ${Object.keys(words).join(", ")}`);
  return number;
}

function list(at: Place, value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw failure(at, value, "a list");
  return value;
}

function littleEndian(number: bigint, bytes: number): number[] {
  const all = new Uint8Array(8);
  new DataView(all.buffer).setBigUint64(0, number, true);
  return [...all.subarray(0, bytes)];
}

function zeros(bytes: number): number[] {
  return new Array<number>(bytes).fill(0);
}

function codes(text: string): number[] {
  return [...text].map((letter) => letter.charCodeAt(0));
}

function failure({ what, path }: Place, value: unknown, expected: string): UserError {
  const found = typeof value === "string" ? `"${value}"` : value === undefined ? "nothing" : String(value);
  return new UserError(`${what}: ${path}: found ${found}, expected ${expected}`);
}
