/** A row of the table: an instruction, or an expression, and what it gives. */
import { TYPES, type ValueType } from "./values.ts";

export interface Operation {
  /** The instruction, or an expression over $0, $1, … */
  readonly of: string;
  /** Of the WebAssembly Core Specification 2.0. */
  readonly section: string;
  readonly params: readonly ValueType[];
  readonly result: ValueType;
  readonly cases: readonly Case[];
}
export interface Case {
  readonly args: readonly string[];
  /** A value as values.ts reads it, or "trap: KIND". */
  readonly expected: string;
}

/** Cases are written "arguments -> result", with commas between them. */
export const operation =
  (section: string, params: string, result: ValueType) =>
  (of: string, cases: string): Operation => ({
    of,
    section,
    params: params.split(" ").map((name) => TYPES.find((type) => type === name) as ValueType),
    result,
    cases: cases.split(",").map((text) => {
      const [args = "", expected = ""] = text.split("->").map((part) => part.trim());
      return { args: args.split(/\s+/), expected };
    }),
  });
