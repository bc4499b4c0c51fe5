/**
 * The form of a layout table: what decoding, encoding and validation know about a file format. Everything is little
 * endian and packed; a row lies directly behind the row before it.
 */

/** How a value lies in the file. */
export type Form =
  /** A number, a bigint if it has 8 bytes. */
  | { readonly kind: "uint"; readonly bytes: 1 | 2 | 4 | 8; readonly max?: number }
  | { readonly kind: "boolean"; readonly bytes: 1 }
  /** Bits with names; a bit without one is an error. */
  | { readonly kind: "flags"; readonly bytes: 1 | 2 | 4 | 8; readonly words: Words }
  /** One of several numbers with names; an `open` choice keeps others as numbers. */
  | {
      readonly kind: "choice";
      readonly bytes: 1 | 2 | 4;
      readonly words: Words;
      readonly open?: true;
      readonly hints?: Hints;
    }
  /** What a file of this format must say. */
  | { readonly kind: "signature"; readonly text: string; readonly hints: Hints }
  | { readonly kind: "revision"; readonly bytes: 2; readonly value: number }
  /** Nothing but zeros. */
  | { readonly kind: "zero"; readonly bytes: number }
  /** ASCII, padded with NULs, at least one. */
  | { readonly kind: "text"; readonly bytes: number }
  | { readonly kind: "bdf"; readonly bytes: 2 }
  /** Bit n of byte m stands for the number 8 m + n, counted from the value of the earlier field `from`. */
  | { readonly kind: "bitmap"; readonly bytes: number | { readonly field: string }; readonly from?: string }
  /** `name` is its name in the documentation. */
  | { readonly kind: "struct"; readonly name: string; readonly rows: readonly Row[] }
  /** A fixed number of elements; `trim` leaves out those at the end that are all zero. */
  | { readonly kind: "list"; readonly count: number; readonly of: Form; readonly trim?: true }
  /** The row that the earlier field `by` chooses, padded with zeros to `bytes`; without a row, zeros. */
  | {
      readonly kind: "union";
      readonly bytes: number;
      readonly by: string;
      readonly rows: Readonly<Record<string, Row>>;
    }
  /** The number of elements of the array of that name. */
  | { readonly kind: "count"; readonly bytes: 4; readonly of: string };

/** From the words of flags or of a choice to their numbers in the file and what they do. */
export type Words = Readonly<Record<string, readonly [number: number, meaning: string]>>;
/** From how a field begins to what a file is that says so. */
export type Hints = Readonly<Record<string, string>>;

/** A field: its key in TypeScript (none if it carries no information), its name in the format, and its form. */
export interface Row<Key extends string = string> {
  readonly key?: Key;
  readonly name: string;
  readonly form: Form;
  /** What it means: a sentence or two of Markdown for the documentation. */
  readonly meaning: string;
}

/** An array behind the header. */
export interface ArrayRow {
  readonly key: string;
  readonly name: string;
  readonly of: Form;
  readonly meaning: string;
}

export interface Format {
  readonly name: string;
  readonly revision: number;
  /** Whether files say for which architecture they are. */
  readonly saysArch: boolean;
  /** How many rows of either header identify the file. */
  readonly identification: number;
  /** Header of a cell's file. */
  readonly cell: readonly Row[];
  /** Header of a system's file, which ends with the root cell's header under the key `rootCell`. */
  readonly system: readonly Row[];
  /** Behind either header, in this order. */
  readonly arrays: readonly (Row | ArrayRow)[];
  /** Keys of arrays that only other formats have. */
  readonly absent: readonly string[];
  /** What fills the rest of a file, although nothing counts it. */
  readonly uncounted: ArrayRow;
}

/** The fields of a T, in the file's order. */
export function struct<T>(name: string, ...rows: readonly Row<keyof T & string>[]): Form {
  return { kind: "struct", name, rows };
}

export function field<Key extends string>(key: Key, name: string, form: Form, meaning: string): Row<Key> {
  return { key, name, form, meaning };
}

export function uint<Key extends string>(key: Key, name: string, bytes: 1 | 2 | 4 | 8, meaning: string): Row<Key> {
  return field(key, name, { kind: "uint", bytes }, meaning);
}

/** Bytes that carry no information. */
export function zeros(name: string, bytes: number, meaning: string): Row<never> {
  return { name, form: { kind: "zero", bytes }, meaning };
}

/** How many elements the array `of` has. */
export function count(of: string, name: string, meaning: string): Row<never> {
  return { name, form: { kind: "count", bytes: 4, of }, meaning };
}

/** The words in the order of their numbers. */
export function byNumber(words: Words): [word: string, entry: Words[string]][] {
  return Object.entries(words).sort(([, [a]], [, [b]]) => a - b);
}

/** The bytes of a form; a bitmap whose size is a field counts 0. */
export function sizeOf(form: Form): number {
  switch (form.kind) {
    case "signature":
      return form.text.length;
    case "struct":
      return form.rows.reduce((sum, row) => sum + sizeOf(row.form), 0);
    case "list":
      return form.count * sizeOf(form.of);
    case "bitmap":
      return typeof form.bytes === "number" ? form.bytes : 0;
    default:
      return form.bytes;
  }
}
