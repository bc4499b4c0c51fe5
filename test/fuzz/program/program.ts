/**
 * A random program in AssemblyScript: arrays, globals, and functions that compute with all of it. Its exports take and give integers of 64 bits;
 * one hashes all its state.
 */
import type { Random } from "../random.ts";
import { expression, MEMORY_BYTES, seen } from "./expressions.ts";
import type { Fn, List, Scope, Variable, World } from "./scope.ts";
import { Body } from "./statements.ts";
import { anyType, bitsOf, FLOATS, INTEGERS, isFloat, literal, type Type } from "./types.ts";

/** Which NaN arithmetic gives is open (Core Specification 2.0, 4.3.3): only this one is let to where bits are seen. */
const PRELUDE = `
export function abort(_message: string, _file: string, _line: u32, _column: u32): void {
  unreachable();
}
function seen32(x: f32): f32 {
  return x == x ? x : reinterpret<f32>(0x7fc00000);
}
function seen64(x: f64): f64 {
  return x == x ? x : reinterpret<f64>(0x7ff8000000000000);
}
const room = memory.data(${MEMORY_BYTES + 32}, 16);
function mixed(sum: u64, value: u64): u64 {
  return rotl<u64>((sum ^ value) * 0x9e3779b97f4a7c15, 29);
}
`;

/** From the bits of an argument. */
function fromBits(type: Type, bits: string): string {
  if (isFloat(type)) return `reinterpret<${type}>(<u${bitsOf(type)}>${bits})`;
  return type === "bool" ? `(${bits} & 1) != 0` : `<${type}>${bits}`;
}
function toBits(type: Type, value: string): string {
  if (isFloat(type)) return `<u64>reinterpret<u${bitsOf(type)}>(${seen(type, value)})`;
  return type === "bool" ? `<u64>(${value})` : `<u64>(${value})`;
}

export interface Program {
  readonly source: string;
  /** Exports and how many arguments they take; the last one is STATE. */
  readonly exports: readonly { readonly name: string; readonly arity: number }[];
}

/** What one call of an export may call. An interpreter in 32 bits in an emulated machine is a thousand times slower than V8. */
const MOST_CALLS = 1000;
const SPEND = "if (calls-- <= 0) unreachable();";

export function randomProgram(random: Random): Program {
  const globals = Array.from(
    { length: random.between(2, 6) },
    (_, i): Variable => ({ name: `g${i}`, type: anyType(random) }),
  );
  const lists = Array.from(
    { length: random.between(2, 5) },
    (_, i): List => ({ name: `list${i}`, type: random.pick([...INTEGERS, ...FLOATS]), bits: random.between(1, 5) }),
  );
  const functions: Fn[] = [];
  const world: World = { random, globals, lists, functions, hasMath: random.percent(30) };
  const bodies: string[] = [];
  for (let n = random.between(5, 14); n > 0; n--) {
    const [fn, lines] = randomFunction(world, `f${functions.length}`);
    bodies.push(...lines);
    functions.push(fn);
  }
  const source = [
    PRELUDE,
    "let calls: i32 = 0;",
    ...globals.map(({ name, type }) => `let ${name}: ${type} = ${literal(random, type)};`),
    ...lists.map((list) => declaration(random, list)),
    ...bodies,
    ...functions.flatMap(exported),
    ...stateOf(world),
  ];
  const exports = functions.map(({ name, params }) => ({ name: `call_${name}`, arity: params.length }));
  return { source: `${indented(source)}\n`, exports: [...exports, { name: "state", arity: 0 }] };
}

function declaration(random: Random, { name, type, bits }: List): string {
  const length = 1 << bits;
  const kind = random.pick([`StaticArray<${type}>`, `Array<${type}>`, typedArray(type)]);
  return `const ${name} = new ${kind}(${length});`;
}

function typedArray(type: Type): string {
  return isFloat(type) ? `Float${bitsOf(type)}Array` : `${type.startsWith("i") ? "Int" : "Uint"}${bitsOf(type)}Array`;
}

/** One in six calls itself, a few levels deep. */
function randomFunction(world: World, name: string): [Fn, string[]] {
  const { random } = world;
  const result = anyType(random);
  const params = Array.from({ length: random.between(0, 4) }, () => anyType(random));
  const variables = params.map((type, i): Variable => ({ name: `p${i}`, type }));
  const recursive = random.percent(16);
  const scope: Scope = { ...world, variables };
  const body = new Body(result, 30).block(scope, 3, false);
  const list = variables.map((v) => `${v.name}: ${v.type}`);
  const fn = { name, params, result };
  if (!recursive) {
    const head = `function ${name}(${list.join(", ")}): ${result} {`;
    return [fn, [head, SPEND, ...body, `return ${expression(scope, result, 2)};`, "}"]];
  }
  const again = `${name}_deep(${["depth - 1", ...params.map((type) => expression(scope, type, 2))].join(", ")})`;
  return [
    fn,
    [
      `function ${name}_deep(${["depth: i32", ...list].join(", ")}): ${result} {`,
      SPEND,
      ...body,
      `if (depth <= 0) return ${expression(scope, result, 2)};`,
      isFloat(result) ? `return ${again} * 0.5 + ${expression(scope, result, 1)};` : `return ${again};`,
      "}",
      `function ${name}(${list.join(", ")}): ${result} {`,
      `return ${name}_deep(${[String(random.between(1, 20)), ...variables.map((v) => v.name)].join(", ")});`,
      "}",
    ],
  ];
}

function exported({ name, params, result }: Fn): string[] {
  const list = params.map((_, i) => `a${i}: u64`).join(", ");
  const args = params.map((type, i) => fromBits(type, `a${i}`)).join(", ");
  return [
    `export function call_${name}(${list}): u64 {`,
    `calls = ${MOST_CALLS};`,
    `return ${toBits(result, `${name}(${args})`)};`,
    "}",
  ];
}

function stateOf({ globals, lists }: World): string[] {
  return [
    "export function state(): u64 {",
    "let sum: u64 = 0;",
    ...globals.map(({ name, type }) => `sum = mixed(sum, ${toBits(type, name)});`),
    ...lists.map(
      ({ name, type }) => `for (let i = 0; i < ${name}.length; i++) sum = mixed(sum, ${toBits(type, `${name}[i]`)});`,
    ),
    `for (let i = 0; i < ${MEMORY_BYTES + 32}; i += 8) sum = mixed(sum, load<u64>(room + i));`,
    "return sum;",
    "}",
  ];
}

function indented(lines: readonly string[]): string {
  let level = 0;
  return lines
    .map((line) => {
      if (line.startsWith("}")) level--;
      const text = `${"  ".repeat(Math.max(0, level))}${line}`;
      if (line.endsWith("{")) level++;
      return text;
    })
    .join("\n");
}
