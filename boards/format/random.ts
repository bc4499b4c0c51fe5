/** Random values by the layout tables, for tests: whatever a table allows can come out. */
import { formatBdf } from "../pci-address.ts";
import type { Fields } from "./decode.ts";
import type { Form, Format, Row } from "./layout.ts";

/** Marsaglia's xorshift with 32 bits: the same seed gives the same numbers. */
export class Random {
  #state: number;

  constructor(seed: number) {
    // Small seeds would begin with small numbers; 0 would give nothing else.
    this.#state = Math.imul(seed + 1, 0x9e3779b1) | 1;
  }

  /** An integer from 0 to `end` - 1. */
  below(end: number): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return Math.floor(((this.#state >>> 0) / 2 ** 32) * end);
  }

  chance(one: number): boolean {
    return this.below(one) === 0;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  subset<T>(list: readonly T[]): T[] {
    return list.filter(() => this.chance(2));
  }

  times<T>(count: number, make: (index: number) => T): T[] {
    return Array.from({ length: count }, (_, index) => make(index));
  }

  /** Small, huge, or anything. */
  bits(bytes: number): bigint {
    const end = 1n << BigInt(8 * bytes);
    const kind = this.below(4);
    if (kind === 0) return BigInt(this.below(4));
    if (kind === 1) return end - 1n - BigInt(this.below(4));
    return this.times(bytes, () => BigInt(this.below(256))).reduce((sum, byte) => (sum << 8n) | byte, 0n);
  }
}

/** The fields of a cell or system: the header's and, into `cell`, those of the arrays. */
export function randomFields(random: Random, format: Format, header: readonly Row[], fields: Fields): Fields {
  rows(random, header, fields);
  const cell = (fields.rootCell ?? fields) as Fields;
  for (const row of [...format.arrays, format.uncounted]) {
    if ("form" in row) rows(random, [row], cell);
    else cell[row.key] = random.times(random.below(4), () => value(random, row.of, {}));
  }
  return fields;
}

function rows(random: Random, list: readonly Row[], fields: Fields): void {
  for (const row of list) {
    const made = value(random, row.form, fields);
    if (row.key !== undefined) fields[row.key] = made;
    else if (row.form.kind === "union") Object.assign(fields, made);
  }
}

function value(random: Random, form: Form, fields: Fields): unknown {
  switch (form.kind) {
    case "uint":
      // A small CPU set will do.
      if (form.max !== undefined) return random.below(12);
      return form.bytes === 8 ? random.bits(8) : Number(random.bits(form.bytes));
    case "boolean":
      return random.chance(2);
    case "flags":
      return random.subset(Object.keys(form.words));
    case "choice": {
      const number = Number(random.bits(form.bytes));
      const named = Object.values(form.words).some(([known]) => known === number);
      return form.open && !named ? number : random.pick(Object.keys(form.words));
    }
    case "text":
      return String.fromCharCode(...random.times(random.below(form.bytes), () => 0x20 + random.below(0x5f)));
    case "bdf":
      return formatBdf(Number(random.bits(2)));
    case "bitmap": {
      const first = form.from === undefined ? 0 : Number(fields[form.from]);
      const bytes = typeof form.bytes === "number" ? form.bytes : Number(fields[form.bytes.field]);
      return random.subset(random.times(8 * bytes, (bit) => first + bit));
    }
    case "struct": {
      const made: Fields = {};
      rows(random, form.rows, made);
      return made;
    }
    case "list": {
      const made = random.times(form.trim ? random.below(form.count + 1) : form.count, () =>
        value(random, form.of, {}),
      );
      // Zeros at the end of a trimmed list would not come back.
      const last = made.findLastIndex((element) => (element as Fields).type !== "unused");
      return form.trim ? made.slice(0, last + 1) : made;
    }
    case "union": {
      const row = form.rows[String(fields[form.by])];
      const made: Fields = {};
      if (row) rows(random, [row], made);
      return made;
    }
    case "signature":
    case "revision":
    case "zero":
    case "count":
      return undefined;
  }
}
