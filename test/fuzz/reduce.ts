/** Makes a module smaller as long as engines still disagree about it: pieces of its text are left out, or replaced by what is in them. */
import wabt from "wabt";
import { assemble } from "../wat.ts";
import { compare, type Traps } from "./compare.ts";
import { type Engine, isTrap, type Subject } from "./subject.ts";

/** A bracketed piece of the text format: words and pieces. */
type Piece = (string | Piece)[];

const TOKEN = /;;[^\n]*|"(?:[^"\\]|\\.)*"|[()]|[^\s()"]+/g;

function parse(text: string): Piece {
  const stack: Piece[] = [[]];
  for (const [token] of text.replace(/\(;.*?;\)/g, "").matchAll(TOKEN)) {
    if (token.startsWith(";;")) continue;
    if (token === "(") stack.push([]);
    else if (token === ")") {
      const done = stack.pop() as Piece;
      stack.at(-1)?.push(done);
    } else stack.at(-1)?.push(token);
  }
  return stack[0]?.[0] as Piece;
}

const textOf = (piece: string | Piece): string =>
  typeof piece === "string" ? piece : `(${piece.map(textOf).join(" ")})`;
const sizeOf = (piece: string | Piece): number =>
  typeof piece === "string" ? 1 : piece.reduce((sum, part) => sum + sizeOf(part), 1);

const DECLARED = new Set(["export", "type", "param", "result", "local"]);
const isInstruction = (piece: string | Piece | undefined): piece is Piece =>
  Array.isArray(piece) && !DECLARED.has(piece[0] as string);
const isFunction = (field: string | Piece): field is Piece => field[0] === "func";
const ZEROS: readonly Piece[] = ["i32", "i64", "f32", "f64"].map((type) => [`${type}.const`, "0"]);

/** What might stand in the place of an instruction: nothing, a trap, a constant, any of its operands. */
function shorter(piece: Piece): Piece[] {
  const inside = piece.filter(isInstruction);
  return [["nop"], ["unreachable"], ...inside, ...ZEROS].filter((other) => sizeOf(other) < sizeOf(piece));
}

/** A whole function at once: its instructions are a trap. */
function withoutBody(fn: Piece): Piece {
  return [...fn.filter((part) => !isInstruction(part)), ["unreachable"]];
}

export interface Reduced {
  readonly subject: Subject;
  readonly text: string;
}

/** @param seconds after which what has been reached is given */
export async function reduce(subject: Subject, engine: Engine, traps: Traps, seconds: number): Promise<Reduced> {
  const end = performance.now() + seconds * 1000;
  const differences = async (one: Subject) => (await compare([one], [engine], traps)).disagreements;
  const [first] = await differences(subject);
  if (!first) throw new Error(`${subject.name}: ${engine.name} agrees when it is alone`);
  const failing = subject.calls[first.at];
  const differs = async (wasm: Uint8Array, calls: Subject["calls"]) => {
    if (performance.now() >= end) return false;
    if (!WebAssembly.validate(wasm as BufferSource)) return false;
    // One whose start traps, or that does not end, is no subject.
    const found = await differences({ ...subject, wasm, calls, map: undefined }).catch(() => []);
    // Otherwise a trap that every module has would take the place of what was found.
    return found.some(({ expected }) => isTrap(expected) === isTrap(first.expected));
  };
  const alone = failing !== undefined && (await differs(subject.wasm, [failing]));
  const calls = alone
    ? [failing]
    : await fewer(subject.calls.slice(0, first.at + 1), (some) => differs(subject.wasm, some));
  const whole = parse(await foldedText(subject.wasm));
  const withBodies = (some: readonly Piece[]): Piece =>
    whole.map((field) => (isFunction(field) && !some.includes(field) ? withoutBody(field) : field));
  const stillDiffers = async (module: Piece) => {
    if (performance.now() >= end) return false;
    const wasm = await assemble(textOf(module)).catch(() => undefined);
    return wasm !== undefined && differs(wasm, calls);
  };
  const functions = await fewer(whole.filter(isFunction), (some) => stillDiffers(withBodies(some)));
  const module = withBodies(functions);
  const replace = async (parent: Piece, at: number): Promise<boolean> => {
    const before = parent[at];
    if (!isInstruction(before)) return false;
    for (const other of shorter(before)) {
      parent[at] = other;
      if (await stillDiffers(module)) return true;
    }
    parent[at] = before;
    return false;
  };
  /** The whole before its parts. Gives whether anything became smaller. */
  const shrink = async (parent: Piece): Promise<boolean> => {
    let smaller = false;
    for (let at = 0; at < parent.length; at++) {
      while (await replace(parent, at)) smaller = true;
      const part = parent[at];
      if (isInstruction(part) && (await shrink(part))) smaller = true;
    }
    return smaller;
  };
  for (const fn of functions) while (await shrink(fn)) {}
  const wasm = await assemble(textOf(module));
  return { subject: { ...subject, wasm, map: undefined, calls }, text: await foldedText(wasm) };
}

/** Without those that do not matter: halves are tried first, then quarters, and so on. One at least is left. */
async function fewer<T>(all: readonly T[], differs: (some: readonly T[]) => Promise<boolean>): Promise<readonly T[]> {
  let left = all;
  for (let length = Math.ceil(left.length / 2); ; length = Math.ceil(length / 2)) {
    for (let at = 0; at < left.length; ) {
      const without = [...left.slice(0, at), ...left.slice(at + length)];
      if (without.length > 0 && (await differs(without))) left = without;
      else at += length;
    }
    if (length <= 1) return left;
  }
}

async function foldedText(wasm: Uint8Array): Promise<string> {
  const { readWasm } = await wabt();
  const module = readWasm(wasm, { readDebugNames: false });
  try {
    return module.toText({ foldExprs: true, inlineExport: true });
  } finally {
    module.destroy();
  }
}
