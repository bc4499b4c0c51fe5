/** The table as subjects of the engines, with what is expected of each call. */
import { close } from "../fuzz/closed.ts";
import { type Call, isTrap, type Outcome, type Subject } from "../fuzz/subject.ts";
import { assemble } from "../wat.ts";
import type { Behaviour } from "./behaviours/behaviour.ts";
import { BEHAVIOURS } from "./behaviours/index.ts";
import { CONVERSIONS } from "./conversions.ts";
import { FLOATS } from "./floats.ts";
import { INTEGERS } from "./integers.ts";
import type { Operation } from "./operation.ts";
import { bitsOf, constant, isExpected, type ValueType } from "./values.ts";

/** A row's words for a wrong outcome; undefined: it is right. */
type Check = (outcome: Outcome) => string | undefined;
export interface Table {
  readonly subject: Subject;
  /** One for each call. */
  readonly checks: readonly Check[];
}

interface Prepared {
  readonly exports: readonly { readonly name: string; readonly params: readonly ValueType[]; readonly code: string }[];
  readonly calls: readonly { readonly name: string; readonly args: readonly bigint[]; readonly check: Check }[];
}

const isFloat = (type: ValueType) => type === "f32" || type === "f64";
const asInteger = (type: ValueType) => (type === "f32" ? "i32" : type === "f64" ? "i64" : type);

const parameter = (type: ValueType, i: number) => {
  const raw = `(local.get ${i})`;
  return isFloat(type) ? `(${type}.reinterpret_${asInteger(type)} ${raw})` : raw;
};

function checkOf({ of, section, result }: Operation, form: string, args: readonly string[], expected: string): Check {
  return (outcome) => {
    const right = isTrap(expected)
      ? outcome === expected
      : /^[0-9a-f]{16}$/.test(outcome) && isExpected(result, expected, BigInt(`0x${outcome}`));
    return right ? undefined : `${of} of ${args.join(" ")} (${form}) gives ${outcome} and not ${expected} (${section})`;
  };
}

/** Which operands are constants: a compiler computes with them, and knows rules for some. */
function formsOf(count: number): { words: string; isConstant: (i: number) => boolean }[] {
  const all = [
    { words: "variables", isConstant: () => false },
    { words: "constants", isConstant: () => true },
  ];
  if (count !== 2) return all;
  return [
    ...all,
    { words: "a constant on the left", isConstant: (i) => i === 0 },
    { words: "a constant on the right", isConstant: (i) => i === 1 },
  ];
}

function prepare(operation: Operation, number: number): Prepared {
  const { of, params, result, cases } = operation;
  const expression = of.startsWith("(") ? of : `(${of} ${params.map((_, i) => `$${i}`).join(" ")})`;
  const exports = new Map<string, Prepared["exports"][number]>();
  const calls: Prepared["calls"][number][] = [];
  for (const { args, expected } of cases) {
    for (const { words, isConstant } of formsOf(params.length)) {
      const variables = params.filter((_, i) => !isConstant(i));
      const name = `o${number}_${calls.length}`;
      const operands = params.map((type, i) =>
        isConstant(i) ? constant(type, args[i] as string) : parameter(type, variables.length === 1 ? 0 : i),
      );
      const value = expression.replace(/\$(\d)/g, (_, i) => operands[Number(i)] as string);
      const code = isFloat(result) ? `(${asInteger(result)}.reinterpret_${result} ${value})` : value;
      const key = words === "variables" ? words : name;
      const made = exports.get(key) ?? { name, params: variables, code: `(result ${asInteger(result)}) ${code}` };
      exports.set(key, made);
      const given = params.flatMap((type, i) => (isConstant(i) ? [] : [bitsOf(type, args[i] as string)]));
      calls.push({ name: made.name, args: given, check: checkOf(operation, words, args, expected) });
    }
  }
  return { exports: [...exports.values()], calls };
}

async function tableOf(name: string, prepared: readonly Prepared[]): Promise<Table> {
  const functions = prepared.flatMap(({ exports }) =>
    exports.map(
      ({ name, params, code }) =>
        `(func (export "${name}") ${params.map((p) => `(param ${asInteger(p)})`).join(" ")} ${code})`,
    ),
  );
  const calls = prepared.flatMap((p) => p.calls);
  return finish(name, `(module (memory 1) ${functions.join("\n")})`, "common", calls);
}

async function finish(
  name: string,
  text: string,
  features: Subject["features"],
  calls: Prepared["calls"],
): Promise<Table> {
  const { wasm, entries } = close(await assemble(text), name, "open");
  const index = new Map(entries.map((entry, i) => [entry.name, i]));
  const made = calls.map((call): Call => ({ entry: index.get(call.name) as number, args: call.args }));
  return {
    subject: { name, wasm, map: undefined, entries, calls: made, features },
    checks: calls.map(({ check }) => check),
  };
}

/** "name(1 0x2) -> 3, …" */
const CALL = /(\w+)\(([^)]*)\)\s*->\s*(trap: \w+|[-\w]+)/g;

function behaviour({ name, section, fields, cases, features = "common" }: Behaviour): Promise<Table> {
  const calls = [...cases.matchAll(CALL)].map(([text, fn = "", args = "", expected = ""]) => ({
    name: fn,
    args: args
      .split(/\s+/)
      .filter((arg) => arg !== "")
      .map((arg) => bitsOf("i64", arg)),
    check: (outcome: Outcome) => {
      // A result of 32 bits is not extended by its sign.
      const right = isTrap(expected)
        ? [expected]
        : (["i32", "i64"] as const).map((type) => bitsOf(type, expected).toString(16).padStart(16, "0"));
      return right.includes(outcome) ? undefined : `${text} gives ${outcome}: ${name} (${section})`;
    },
  }));
  return finish(name, `(module ${fields})`, features, calls);
}

/** As many functions as wasm3's driver takes. */
const MOST_EXPORTS = 480;

export async function tables(): Promise<Table[]> {
  const operations: readonly Operation[] = [...INTEGERS, ...CONVERSIONS, ...FLOATS];
  const groups: Prepared[][] = [[]];
  let exports = 0;
  for (const [i, operation] of operations.entries()) {
    const prepared = prepare(operation, i);
    exports += prepared.exports.length;
    if (exports > MOST_EXPORTS) {
      groups.push([]);
      exports = prepared.exports.length;
    }
    groups.at(-1)?.push(prepared);
  }
  return [
    ...(await Promise.all(groups.map((group, i) => tableOf(`operations ${i}`, group)))),
    ...(await Promise.all(BEHAVIOURS.map(behaviour))),
  ];
}

/** What is wrong in the outcomes of an engine. */
export function mistakes(tables: readonly Table[], outcomes: readonly (readonly Outcome[])[]): string[] {
  return tables.flatMap(({ subject, checks }, i) => {
    const [start, ...calls] = outcomes[i] ?? [];
    if (start !== "0000000000000000") return [`${subject.name}: the start gives ${start}`];
    return checks.flatMap((check, n) => check(calls[n] ?? "no answer") ?? []);
  });
}
