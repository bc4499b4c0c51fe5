/** Names the offsets of the running code, which engines put into the stack of an error. */
import type { Position } from "../../pipeline/wasm/markers.ts";
import { forEachInstruction, KIND, parseModule } from "../../pipeline/wasm/module.ts";
import { functionNames } from "../../pipeline/wasm/names.ts";
import type { Layout } from "./layout.ts";

export interface Place {
  /** As Wasm's names: main/divide. */
  readonly function: string;
  /** Undefined in functions without positions: ours. */
  readonly position: Position | undefined;
}

/** The function between a handler and what it interrupted (module/support.ts). */
export const INTERRUPT_FRAME = "sim:safe_point";

interface Marked {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly marks: readonly { readonly offset: number; readonly number: number }[];
}

const [I32_CONST, I32_STORE8] = [0x41, 0x3a];

export class CodePlaces {
  readonly #functions: readonly Marked[];
  readonly #positions: readonly Position[];

  constructor(bytes: Uint8Array, layout: Layout, positions: readonly Position[]) {
    this.#positions = positions;
    const module = parseModule(bytes, "the simulation copy");
    const names = functionNames(module);
    for (const { name, kind, index } of module.exports)
      if (kind === KIND.function && name === INTERRUPT_FRAME) names.set(index, name);
    const imported = module.imports.filter(({ kind }) => kind === KIND.function).length;
    this.#functions = module.bodies.map((body, i) => {
      const marks: { offset: number; number: number }[] = [];
      // The last two constants: a marker is `i32.const place; i32.const 1; i32.store8`.
      let [before, last] = [-1, -1];
      forEachInstruction(module, body, (opcode, offset, r) => {
        if (
          opcode === I32_STORE8 &&
          last === 1 &&
          before >= layout.covered &&
          before < layout.covered + positions.length
        )
          marks.push({ offset, number: before - layout.covered });
        [before, last] = [last, opcode === I32_CONST ? Number(r.signed(32)) : -1];
      });
      return { name: names.get(imported + i) ?? "", start: body.start, end: body.end, marks };
    });
  }

  /** Of the instruction at an offset in the file. */
  at(offset: number): Place | undefined {
    const found = this.#functions.find(({ start, end }) => offset >= start && offset < end);
    if (!found) return undefined;
    const mark = found.marks.findLast((each) => each.offset < offset);
    // Before its first marker a function has done nothing yet.
    const number = (mark ?? found.marks[0])?.number;
    return { function: found.name, position: number === undefined ? undefined : this.#positions[number] };
  }
}
