/** Random expressions of a type. Only what the generated helpers `seen32` and `seen64` have canonicalised shows the bits of a NaN. */
import { type Scope, variableOf } from "./scope.ts";
import {
  anyType,
  bitsOf,
  FLOATS,
  type Float,
  INTEGERS,
  type Integer,
  isFloat,
  isSigned,
  literal,
  type Type,
} from "./types.ts";

export const MEMORY_BYTES = 256;

export function expression(scope: Scope, type: Type, depth: number): string {
  const { random } = scope;
  if (depth <= 0 || random.percent(12)) return leaf(scope, type);
  const kinds = [conversion, choice, callOf, element, fromMemory];
  if (random.percent(30)) return random.pick(kinds)(scope, type, depth - 1) ?? leaf(scope, type);
  if (type === "bool") return condition(scope, depth - 1);
  return isFloat(type) ? floating(scope, type, depth - 1) : integer(scope, type, depth - 1);
}

function leaf(scope: Scope, type: Type): string {
  const name = scope.random.percent(75) ? variableOf(scope, type, false) : undefined;
  return name ?? literal(scope.random, type);
}

/** A float whose bits may be seen. */
export function seen(type: Float, value: string): string {
  return `seen${bitsOf(type)}(${value})`;
}

function integer(scope: Scope, type: Integer, depth: number): string {
  const { random } = scope;
  const of = () => expression(scope, type, depth);
  const wide = bitsOf(type) >= 32;
  switch (random.below(wide ? 10 : 8)) {
    case 0:
    case 1:
    case 2:
      return `<${type}>(${of()} ${random.pick(["+", "-", "*"])} ${of()})`;
    case 3:
      return `<${type}>(${of()} ${random.pick(["&", "|", "^"])} ${of()})`;
    case 4:
      return `<${type}>(${of()} ${random.pick(["<<", ">>", ">>>"])} ${of()})`;
    case 5: {
      const divisor = random.percent(90) ? `(${of()} | <${type}>1)` : of();
      return `<${type}>(${of()} ${random.pick(["/", "%"])} ${divisor})`;
    }
    case 6:
      return `<${type}>(${random.pick(["-", "~"])}${of()})`;
    case 7: {
      const from = random.pick(FLOATS);
      const value = expression(scope, from, depth);
      return random.percent(50) && bitsOf(from) === bitsOf(type)
        ? `reinterpret<${type}>(${seen(from, value)})`
        : `<${type}>(${value})`;
    }
    case 8:
      return random.percent(50)
        ? `${random.pick(["rotl", "rotr"])}<${type}>(${of()}, ${of()})`
        : `${random.pick(["min", "max"])}<${type}>(${of()}, ${of()})`;
    default:
      return `${random.pick(["clz", "ctz", "popcnt", ...(isSigned(type) ? ["abs"] : [])])}<${type}>(${of()})`;
  }
}

const MATH_ONE = [
  "abs",
  "ceil",
  "floor",
  "trunc",
  "round",
  "sqrt",
  "cbrt",
  "sin",
  "cos",
  "tan",
  "atan",
  "exp",
  "log",
  "fround",
  "sinh",
  "tanh",
  "log2",
  "expm1",
];
const MATH_TWO = ["min", "max", "pow", "atan2", "hypot"];

function floating(scope: Scope, type: Float, depth: number): string {
  const { random } = scope;
  const of = () => expression(scope, type, depth);
  const library = type === "f64" ? "Math" : "Mathf";
  switch (random.below(scope.hasMath ? 9 : 8)) {
    case 0:
    case 1:
    case 2:
    case 3:
      return `(${of()} ${random.pick(["+", "-", "*", "/"])} ${of()})`;
    case 4:
      return `${random.pick(["floor", "ceil", "trunc", "nearest", "sqrt", "abs"])}<${type}>(${of()})`;
    case 5:
      return `${random.pick(["min", "max"])}<${type}>(${of()}, ${of()})`;
    case 6:
      return random.percent(50) ? `(-${of()})` : `copysign<${type}>(${of()}, ${seen(type, of())})`;
    case 7: {
      const same = type === "f64" ? "u64" : "u32";
      return random.percent(50)
        ? `reinterpret<${type}>(${expression(scope, same, depth)})`
        : `<${type}>(${expression(scope, random.pick(INTEGERS), depth)})`;
    }
    default:
      return random.percent(60)
        ? `${library}.${random.pick(type === "f64" ? MATH_ONE : MATH_ONE.filter((name) => name !== "fround"))}(${of()})`
        : `${library}.${random.pick(MATH_TWO)}(${of()}, ${of()})`;
  }
}

export function condition(scope: Scope, depth: number): string {
  const { random } = scope;
  if (random.percent(20))
    return `(${condition(scope, depth - 1)} ${random.pick(["&&", "||"])} ${condition(scope, depth - 1)})`;
  if (random.percent(10)) return `!${condition(scope, depth - 1)}`;
  const type = random.pick([...INTEGERS, ...FLOATS]);
  const operator = random.pick(["<", "<=", ">", ">=", "==", "!="]);
  return `(${expression(scope, type, depth)} ${operator} ${expression(scope, type, depth)})`;
}

function conversion(scope: Scope, type: Type, depth: number): string {
  const from = anyType(scope.random);
  return type === "bool" ? condition(scope, depth) : `<${type}>(${expression(scope, from, depth)})`;
}

function choice(scope: Scope, type: Type, depth: number): string {
  const of = () => expression(scope, type, depth);
  const by = condition(scope, depth);
  return scope.random.percent(50) || type === "bool"
    ? `(${by} ? ${of()} : ${of()})`
    : `select<${type}>(${of()}, ${of()}, ${by})`;
}

function callOf(scope: Scope, type: Type, depth: number): string | undefined {
  const fit = scope.functions.filter(({ result }) => result === type);
  if (fit.length === 0) return undefined;
  const { name, params } = scope.random.pick(fit);
  return `${name}(${params.map((param) => expression(scope, param, Math.min(depth, 1))).join(", ")})`;
}

/** Mostly inside of the array; beyond it the check of the library ends the program. */
export function indexOf(scope: Scope, bits: number, depth: number): string {
  const index = expression(scope, "i32", depth);
  return scope.random.percent(97) ? `${index} & ${(1 << bits) - 1}` : index;
}

function element(scope: Scope, type: Type, depth: number): string | undefined {
  const fit = scope.lists.filter((list) => list.type === type);
  if (fit.length === 0) return undefined;
  const { name, bits } = scope.random.pick(fit);
  return scope.random.percent(30)
    ? `unchecked(${name}[${expression(scope, "i32", depth)} & ${(1 << bits) - 1}])`
    : `${name}[${indexOf(scope, bits, depth)}]`;
}

/** Any alignment. */
export function addressIn(scope: Scope, depth: number): string {
  return `room + (${expression(scope, "u32", depth)} & ${MEMORY_BYTES - 1})`;
}

/** What is loaded has a wider type where one is expected, unless it is converted. */
function fromMemory(scope: Scope, type: Type, depth: number): string | undefined {
  return type === "bool" ? undefined : `<${type}>load<${type}>(${addressIn(scope, depth)}, ${scope.random.below(16)})`;
}
