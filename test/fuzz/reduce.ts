/** Makes a module smaller as long as engines still disagree about it: pieces of its text are left out, or replaced by what is in them. */
import wabt from "wabt";
import { assemble } from "../wat.ts";
import { disagreements, type Traps } from "./compare.ts";
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
const isInstruction = (piece: string | Piece): piece is Piece =>
  typeof piece !== "string" && !DECLARED.has(piece[0] as string);
const ZEROS: readonly Piece[] = ["i32", "i64", "f32", "f64"].map((type) => [`${type}.const`, "0"]);

/** What might stand in the place of an instruction: nothing, a trap, a constant, any of its operands. */
function shorter(piece: Piece): Piece[] {
  const inside = piece.filter(isInstruction);
  return [["nop"], ["unreachable"], ...inside, ...ZEROS].filter((other) => sizeOf(other) < sizeOf(piece));
}

/** Every instruction in the functions with its place, the large ones first. */
function* places(module: Piece): Generator<{ parent: Piece; at: number }> {
  const found: { parent: Piece; at: number; size: number }[] = [];
  const visit = (parent: Piece) =>
    parent.forEach((part, at) => {
      if (!isInstruction(part)) return;
      found.push({ parent, at, size: sizeOf(part) });
      visit(part);
    });
  for (const field of module) if (typeof field !== "string" && field[0] === "func") visit(field);
  for (const place of found.sort((a, b) => b.size - a.size)) yield place;
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
  const [first] = await disagreements([subject], [engine], traps);
  if (!first) throw new Error(`${subject.name}: ${engine.name} agrees when it is alone`);
  const failing = subject.calls[first.at];
  const differs = async (wasm: Uint8Array, calls: Subject["calls"]) => {
    if (!WebAssembly.validate(wasm as BufferSource)) return false;
    // One whose start traps is no subject.
    const found = await disagreements([{ ...subject, wasm, calls, map: undefined }], [engine], traps).catch(() => []);
    // Otherwise a trap that every module has would take the place of what was found.
    return found.some(({ expected }) => isTrap(expected) === isTrap(first.expected));
  };
  const alone = failing !== undefined && (await differs(subject.wasm, [failing]));
  const calls = alone
    ? [failing]
    : await fewer(subject.calls.slice(0, first.at + 1), (some) => differs(subject.wasm, some));
  const module = parse(await foldedText(subject.wasm));
  const attempt = async (change: () => void, back: () => void) => {
    change();
    const wasm = await assemble(textOf(module)).catch(() => undefined);
    const smaller = wasm !== undefined && (await differs(wasm, calls));
    if (!smaller) back();
    return smaller;
  };
  for (let at = 0; at < module.length && performance.now() < end; at++) {
    const field = module[at] as Piece;
    if (field[0] !== "func") continue;
    await attempt(
      () => (module[at] = withoutBody(field)),
      () => (module[at] = field),
    );
  }
  for (let changed = true; changed && performance.now() < end; ) {
    changed = false;
    for (const { parent, at } of places(module)) {
      const before = parent[at] as Piece;
      if (performance.now() >= end || !isInstruction(before)) break;
      for (const other of shorter(before)) {
        if (
          await attempt(
            () => (parent[at] = other),
            () => (parent[at] = before),
          )
        ) {
          changed = true;
          break;
        }
      }
    }
  }
  const text = textOf(module);
  return { subject: { ...subject, wasm: await assemble(text), map: undefined, calls }, text };
}

/** Without those calls that do not matter: halves are tried first, then quarters, and so on. */
async function fewer(
  calls: Subject["calls"],
  differs: (calls: Subject["calls"]) => Promise<boolean>,
): Promise<Subject["calls"]> {
  let left = calls;
  for (let length = Math.ceil(left.length / 2); ; length = Math.ceil(length / 2)) {
    for (let at = 0; at < left.length; ) {
      const without = [...left.slice(0, at), ...left.slice(at + length)];
      if (without.length > 0 && (await differs(without))) left = without;
      else at += length;
    }
    if (length === 1) return left;
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
