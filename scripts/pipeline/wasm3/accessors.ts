/**
 * For an interpreter a call costs as much as several operations, and asc makes one of every access to a field or an element. clang inlines them;
 * here the code of such an accessor takes the place of its call. What comes from the library has its position there, and the map tells of the call; what
 * asc wrote by itself, for a field, has the position of the call.
 */
import { encode } from "@jridgewell/sourcemap-codec";
import { readProgram, type WasmFunction } from "../../checks/program.ts";
import { concat, type Position, type SourceMap } from "../wasm/markers.ts";
import { type Body, forEachInstruction, type Module, parseModule } from "../wasm/module.ts";
import { leb, Reader } from "../wasm/reader.ts";

export interface Inlined {
  readonly wasm: Uint8Array;
  readonly map: SourceMap;
}

/** Fields, which asc writes itself; elements and lengths of the library's arrays as far as nothing is checked; the SDK's windows and registers. */
const FIELD = /#[gs]et:\w+$/;
const ELEMENT = /^~lib\/(?:array|staticarray|typedarray)\/.*#(?:__u[gs]et|get:length)$|^~lib\/rt\/common\/.*#get:\w+$/;

const ACCESS = /^~lib\/jh-inmate\/(?:ram\/Window#(?:load|store)|mmio\/Registers#(?:read|write)|mmio\/address$)/;

const [LOCAL_GET, LOCAL_SET, CALL, RETURN, END, DROP, UNREACHABLE] = [0x20, 0x21, 0x10, 0x0f, 0x0b, 0x1a, 0x00];
const I32_CONST = 0x41;
/** What may stand in an accessor besides local.get and calls of intrinsics: loads, stores, constants, arithmetic. None of it branches. */
const isPlain = (opcode: number) =>
  opcode === DROP || (opcode >= 0x28 && opcode <= 0x3e) || (opcode >= 0x41 && opcode <= 0xc4);
const SHIFTS = [0x74, 0x75, 0x76];
const SECTION_CODE = 10;

interface Step {
  readonly opcode: number;
  /** Of a local.get: which parameter. */
  readonly local: number;
  readonly bytes: Uint8Array;
  readonly position: Position | undefined;
}
/** Code that leaves its parameters on the stack as far as it takes them from there in order; the others go through locals. */
interface Accessor {
  readonly name: string;
  readonly types: readonly number[];
  /** Parameters that stay on the stack. */
  readonly stay: number;
  readonly steps: readonly Step[];
}

export function inlineAccessors(wasm: Uint8Array, map: SourceMap, what: string): Inlined {
  const module = parseModule(wasm, what);
  const { functions, positions, table, entries } = readProgram(module, map);
  const accessors = new Map<number, Accessor>();
  const find = (index: number): Accessor | undefined => {
    const known = accessors.get(index);
    const fn = functions[index];
    if (known || !fn?.body || !isAccessor(fn, positions)) return known;
    const made = accessorOf(module, fn.body, fn, find, positions);
    if (made) accessors.set(index, made);
    return made;
  };
  for (const { index } of functions) find(index);
  const kept = new Set([...table.values(), ...entries]);
  const out: Uint8Array[] = [wasm.subarray(0, 8)];
  const segments: [offset: number, position: Position][] = [];
  const inlined: [offset: number, name: string, call: Position][] = [];
  let length = 8;
  const put = (bytes: Uint8Array) => {
    out.push(bytes);
    length += bytes.length;
  };
  for (const { id, start, end } of module.sections) {
    if (id !== SECTION_CODE) {
      put(Uint8Array.from([id, ...leb(end - start)]));
      put(wasm.subarray(start, end));
      continue;
    }
    const count = Uint8Array.from(leb(module.bodies.length));
    const first = functions.length - module.bodies.length;
    const bodies = module.bodies.map((body, i) => {
      // All its calls are gone.
      if (accessors.has(first + i) && !kept.has(first + i)) return EMPTY;
      return rewrite(module, body, functions[first + i] as WasmFunction, accessors, positions);
    });
    const sizes = bodies.map(({ bytes }) => Uint8Array.from(leb(bytes.length)));
    const size = bodies.reduce(
      (sum, { bytes }, i) => sum + bytes.length + (sizes[i] as Uint8Array).length,
      count.length,
    );
    put(Uint8Array.from([id, ...leb(size)]));
    put(count);
    for (const [i, { bytes, places }] of bodies.entries()) {
      put(sizes[i] as Uint8Array);
      for (const { offset, position, within } of places) {
        segments.push([length + offset, position]);
        if (within) inlined.push([length + offset, ...within]);
      }
      put(bytes);
    }
  }
  return { wasm: concat(out), map: { ...sourceMap(segments, map), inlined } };
}

/** Those of fields have no source positions unless somebody wrote them. */
function isAccessor({ name, body }: WasmFunction, positions: ReadonlyMap<number, Position>): boolean {
  if (ELEMENT.test(name) || ACCESS.test(name)) return true;
  if (!FIELD.test(name) || !body) return false;
  for (let offset = body.start; offset < body.end; offset++) if (positions.has(offset)) return false;
  return true;
}

function accessorOf(
  module: Module,
  body: Body,
  { name, type: { params: types } }: WasmFunction,
  find: (index: number) => Accessor | undefined,
  positions: ReadonlyMap<number, Position>,
): Accessor | undefined {
  if (body.start !== body.locals + 1) return undefined;
  const imported = module.imports.filter(({ kind }) => kind === 0).length;
  const steps: Step[] = [];
  let isOne = true;
  let position: Position | undefined;
  forEachStep(module, body, ({ opcode, offset, bytes, operand }) => {
    position = positions.get(offset) ?? position;
    const called = opcode === CALL ? find(operand) : undefined;
    if (called?.stay === called?.types.length && called)
      steps.push(...called.steps.map((step) => ({ ...step, position })));
    else if (opcode === LOCAL_GET || isPlain(opcode) || (opcode === CALL && operand < imported))
      steps.push({ opcode, bytes, local: operand, position });
    else if (opcode !== RETURN && opcode !== END) isOne = false;
  });
  if (!isOne) return undefined;
  const gets = steps.filter(({ opcode }) => opcode === LOCAL_GET).map(({ local }) => local);
  let stay = 0;
  while (steps[stay]?.opcode === LOCAL_GET && steps[stay]?.local === stay && gets.lastIndexOf(stay) === stay) stay++;
  return { name, types, stay, steps: simplified(steps.slice(stay)) };
}

/** Without constants that are dropped, and shifts by nothing: asc writes them in the code of generic arrays. */
function simplified(steps: readonly Step[]): Step[] {
  const out: Step[] = [];
  for (const step of steps) {
    const before = out.at(-1);
    const isConstant = before?.opcode === I32_CONST;
    if (isConstant && (step.opcode === DROP || (SHIFTS.includes(step.opcode) && before.bytes[1] === 0))) out.pop();
    else out.push(step);
  }
  return out;
}

interface Place {
  /** In the function's bytes. */
  readonly offset: number;
  readonly position: Position;
  /** The accessor that it is in, and where that is called. */
  readonly within?: readonly [name: string, call: Position] | undefined;
}
interface Rewritten {
  readonly bytes: Uint8Array;
  readonly places: readonly Place[];
}
const EMPTY: Rewritten = { bytes: Uint8Array.of(0, UNREACHABLE, END), places: [] };

function rewrite(
  module: Module,
  body: Body,
  { type }: WasmFunction,
  accessors: ReadonlyMap<number, Accessor>,
  positions: ReadonlyMap<number, Position>,
): Rewritten {
  const locals = new Locals(module, body, type.params.length);
  const parts: Uint8Array[] = [];
  const places: Place[] = [];
  let length = 0;
  /** Each has its place: that of an instruction holds until the next one that has its own, and here others come in between. */
  let position: Position | undefined;
  const put = (bytes: Uint8Array, within?: { name: string; at: Position | undefined }) => {
    if (within?.at && position) places.push({ offset: length, position: within.at, within: [within.name, position] });
    else if (position) places.push({ offset: length, position });
    parts.push(bytes);
    length += bytes.length;
  };
  forEachStep(module, body, ({ opcode, offset, bytes, operand }) => {
    position = positions.get(offset) ?? position;
    const accessor = opcode === CALL ? accessors.get(operand) : undefined;
    if (!accessor) return put(bytes);
    const { name, types, stay, steps } = accessor;
    const own = locals.take(accessor);
    for (let i = types.length - 1; i >= stay; i--) put(local(LOCAL_SET, own[i] as number));
    for (const { opcode, local: index, bytes, position: at } of steps)
      put(opcode === LOCAL_GET ? local(LOCAL_GET, own[index] as number) : bytes, { name, at });
  });
  const head = locals.declarations();
  return {
    bytes: concat([head, ...parts]),
    places: places.map((place) => ({ ...place, offset: place.offset + head.length })),
  };
}

const local = (opcode: number, index: number) => Uint8Array.from([opcode, ...leb(index)]);

/** Locals of a function, and those that accessors need in it: each of a type is used again by the next. */
class Locals {
  readonly #groups: number[][] = [];
  readonly #added = new Map<number, number[]>();
  #count: number;

  constructor({ bytes, what }: Module, { locals, start }: Body, parameters: number) {
    this.#count = parameters;
    const r = new Reader(bytes, what, locals, start);
    r.list(() => {
      const count = r.u32();
      this.#count += count;
      this.#groups.push([...leb(count), r.u8()]);
    });
  }

  /** By parameter; nothing for those that stay on the stack. */
  take({ types, stay }: Accessor): (number | undefined)[] {
    const used = new Map<number, number>();
    return types.map((type, i) => {
      if (i < stay) return undefined;
      const nth = used.get(type) ?? 0;
      used.set(type, nth + 1);
      const known = this.#added.get(type) ?? [];
      this.#added.set(type, known);
      if (nth === known.length) {
        known.push(this.#count++);
        this.#groups.push([1, type]);
      }
      return known[nth];
    });
  }

  declarations(): Uint8Array {
    return Uint8Array.from([...leb(this.#groups.length), ...this.#groups.flat()]);
  }
}

interface Instruction {
  readonly opcode: number;
  readonly offset: number;
  /** With its immediates. */
  readonly bytes: Uint8Array;
  /** Of local.get and call: the index. */
  readonly operand: number;
}

function forEachStep(module: Module, body: Body, visit: (instruction: Instruction) => void): void {
  const found: { opcode: number; offset: number; operand: number }[] = [];
  forEachInstruction(module, body, (opcode, offset, immediates) => {
    const operand = opcode === LOCAL_GET || opcode === CALL ? immediates.u32() : 0;
    found.push({ opcode, offset, operand });
  });
  for (const [i, { opcode, offset, operand }] of found.entries())
    visit({ opcode, offset, operand, bytes: module.bytes.subarray(offset, found[i + 1]?.offset ?? body.end) });
}

function sourceMap(segments: readonly [number, Position][], { sources, ...rest }: SourceMap): SourceMap {
  const index = new Map(sources.map((source, i) => [source, i]));
  const line = segments.map(([offset, { file, line, column }]): [number, number, number, number] => [
    offset,
    index.get(file) ?? 0,
    line - 1,
    column - 1,
  ]);
  return { ...rest, sources, mappings: encode([line]) };
}
