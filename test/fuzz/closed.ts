/**
 * Makes of any module one that can be compared: it imports nothing, its memory is fixed, its functions can be called with integers only, its
 * state can be hashed, and what the specification leaves open about NaNs cannot be seen.
 *
 * Which NaN an arithmetic instruction gives is open (Core Specification 2.0, 4.3.3). Either each such result is replaced by one NaN ("sources": all
 * other instructions are compared to the bit), or NaNs are left to the engine until their bits would be seen ("sinks": then nothing stands between
 * two arithmetic instructions that a compiler might join). "quiet" is "sources", and no f32 is a NaN that signals, because wasm3 changes it.
 */
import { concat } from "../../scripts/pipeline/wasm/markers.ts";
import {
  type FuncType,
  forEachInstruction,
  KIND,
  type Module,
  parseModule,
} from "../../scripts/pipeline/wasm/module.ts";
import { leb, Reader } from "../../scripts/pipeline/wasm/reader.ts";
import {
  type Around,
  changedBody,
  F32,
  F64,
  I32,
  I64,
  type Items,
  itemsOf,
  more,
  SECTION,
  sized,
  sleb,
  withSections,
} from "./rewrite.ts";
import { type Entry, MEMORY_PAGES } from "./subject.ts";

/** "open" leaves all as it is, exports among it: for modules in which no arithmetic NaN can be seen. */
export type NanMode = "sources" | "quiet" | "sinks" | "open";

export interface Closed {
  readonly wasm: Uint8Array;
  /** Functions of the module, then STATE and, if the module has no state but memory and globals, RESET. */
  readonly entries: readonly Entry[];
}

/** Gives a hash of memory, globals, and of what imported functions were told. */
export const STATE = "state";
/** Sets all that back to what it was at the start. */
export const RESET = "reset";

const OP = {
  call: 0x10,
  select: 0x1b,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  globalGet: 0x23,
  globalSet: 0x24,
  i64Load: 0x29,
  i64Store: 0x37,
  i32Store8: 0x3a,
  i32Const: 0x41,
  i64Const: 0x42,
  f32Const: 0x43,
  f64Const: 0x44,
  i32LtU: 0x49,
  f32Eq: 0x5b,
  f64Eq: 0x61,
  i32Add: 0x6a,
  i64Mul: 0x7e,
  i64Xor: 0x85,
  i64Rotl: 0x89,
  i32WrapI64: 0xa7,
  i64ExtendI32U: 0xad,
  i32ReinterpretF32: 0xbc,
  i64ReinterpretF64: 0xbd,
  f32ReinterpretI32: 0xbe,
  f64ReinterpretI64: 0xbf,
  end: 0x0b,
} as const;
const F32_NAN = [OP.f32Const, 0x00, 0x00, 0xc0, 0x7f];
const F64_NAN = [OP.f64Const, 0, 0, 0, 0, 0, 0, 0xf8, 0x7f];
const FACTOR = [OP.i64Const, ...sleb(-0x61c8864680b583ebn)];

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}
/** Instructions that may give any NaN, by type of their result: ceil to max, demote; ceil to max, promote. */
const SOURCES: ReadonlyMap<number, "f32" | "f64"> = new Map([
  ...[...range(0x8d, 0x97), 0xb6].map((opcode) => [opcode, "f32"] as const),
  ...[...range(0x9b, 0xa5), 0xbb].map((opcode) => [opcode, "f64"] as const),
]);
/** Instructions that show the bits of their last operand, a float: reinterpretations, stores, copysign. */
const SINKS: ReadonlyMap<number, "f32" | "f64"> = new Map([
  ...[0xbc, 0x38, 0x98].map((opcode) => [opcode, "f32"] as const),
  ...[0xbd, 0x39, 0xa6].map((opcode) => [opcode, "f64"] as const),
]);

/** Where else a f32 may be one: load, constant, reinterpret. */
const QUIET: ReadonlyMap<number, "f32" | "f64"> = new Map([
  ...SOURCES,
  ...[0x2a, 0x43, 0xbe].map((opcode) => [opcode, "f32"] as const),
]);

const isNumber = (type: number) => type >= F64 && type <= I32;

/** A constant NaN of 32 bits with the bit that says that it does not signal (bit 22, in the third byte); anything else as it is. */
function quiet(initial: readonly number[]): readonly number[] {
  const [opcode, b0 = 0, b1 = 0, b2 = 0, b3 = 0] = initial;
  const isNan = (b3 & 0x7f) === 0x7f && b2 >= 0x80 && (b0 | b1 | (b2 & 0x7f)) !== 0;
  return opcode === OP.f32Const && isNan ? [opcode, b0, b1, b2 | 0x40, b3] : initial;
}

export function close(wasm: Uint8Array, what: string, nan: NanMode): Closed {
  const module = parseModule(wasm, what);
  const imports = module.imports.filter(({ kind }) => kind === KIND.function);
  const imported = importedGlobals(module);
  const globals = [
    ...imported.map((global) => ({ ...global, initial: zero(global.type) })),
    ...definedGlobals(module, imported).map((global) =>
      nan === "quiet" ? { ...global, initial: quiet(global.initial) } : global,
    ),
    { type: I64, mutable: true, initial: zero(I64) },
  ];
  const types: number[][] = [];
  const typeIndex = (params: readonly number[], results: readonly number[]) =>
    module.types.length + types.push([0x60, ...leb(params.length), ...params, ...leb(results.length), ...results]) - 1;

  const own: { type: number; body: Uint8Array }[] = [];
  const first = imports.length + module.functions.length;
  const add = (
    params: readonly number[],
    results: readonly number[],
    locals: readonly number[],
    code: readonly number[],
  ) => first + own.push({ type: typeIndex(params, results), body: bodyOf(locals, code) }) - 1;
  const trace = globals.length - 1; // what imported functions were told

  const canonical = {
    f32: add([F32], [F32], [], [...get(0), ...F32_NAN, ...get(0), ...get(0), OP.f32Eq, OP.select]),
    f64: add([F64], [F64], [], [...get(0), ...F64_NAN, ...get(0), ...get(0), OP.f64Eq, OP.select]),
  };
  const call = (index: number) => [OP.call, ...leb(index)];
  /** From a value on the stack to its bits as an i64. */
  const bits = (type: number): number[] => {
    if (type === I32) return [OP.i64ExtendI32U];
    if (type === I64) return [];
    if (type === F32) return [...call(canonical.f32), OP.i32ReinterpretF32, OP.i64ExtendI32U];
    return [...call(canonical.f64), OP.i64ReinterpretF64];
  };
  const fromBits = (type: number): number[] => {
    if (type === I32) return [OP.i32WrapI64];
    if (type === I64) return [];
    if (type === F64) return [OP.f64ReinterpretI64];
    return [OP.i32WrapI64, OP.f32ReinterpretI32, ...(nan === "quiet" ? call(canonical.f32) : [])];
  };
  const mix = [OP.i64Xor, ...FACTOR, OP.i64Mul, OP.i64Const, 29, OP.i64Rotl];
  const fold = add([I64], [], [], [OP.globalGet, ...leb(trace), ...get(0), ...mix, OP.globalSet, ...leb(trace)]);
  const fromImport = ({ params, results }: FuncType) =>
    bodyOf(
      [],
      [
        ...params.flatMap((type, i) => (isNumber(type) ? [...get(i), ...bits(type), ...call(fold)] : [])),
        ...results.flatMap(zero),
      ],
    );
  /** All parameters as i64, and one result: the only result's bits, or all of them folded together. */
  const wrapper = (index: number, { params, results }: FuncType) => {
    const locals = results.map((_, i) => params.length + i);
    return add(
      params.map(() => I64),
      [I64],
      results.map((type) => type),
      [
        ...params.flatMap((type, i) => [...get(i), ...fromBits(type)]),
        ...call(index),
        ...locals.toReversed().flatMap((local) => [OP.localSet, ...leb(local)]),
        ...(results.length === 1 ? [] : [OP.i64Const, 0]),
        ...results.flatMap((type, i) => [
          ...get(locals[i] as number),
          ...bits(type),
          ...(results.length === 1 ? [] : mix),
        ]),
      ],
    );
  };

  const exportedNames = new Map(
    module.exports.flatMap(({ kind, index, name }) => (kind === KIND.function ? [[index, name] as const] : [])),
  );
  const nameOf = (i: number) => (nan === "open" ? exportedNames.get(imports.length + i) : `f${i}`);
  const entries: Entry[] = [];
  const exports: number[][] = [];
  const exported = (name: string, arity: number, index: number) => {
    entries.push({ name, arity });
    exports.push([...leb(name.length), ...Buffer.from(name), KIND.function, ...leb(index)]);
  };
  module.functions.forEach((typeOf, i) => {
    const type = module.types[typeOf] as FuncType;
    const name = nameOf(i);
    if (name === undefined || ![...type.params, ...type.results].every(isNumber)) return;
    exported(name, type.params.length, wrapper(imports.length + i, type));
  });
  const globalBits = globals.flatMap(({ type, mutable }, i) =>
    mutable && isNumber(type) ? [...get(0), OP.globalGet, ...leb(i), ...bits(type), ...mix, OP.localSet, 0] : [],
  );
  const hashed = add([], [I64], [I64, I32], [...globalBits, ...memoryHash(mix), ...get(0)]);
  exported(STATE, 0, hashed);
  if (!hasSegments(module)) exported(RESET, 0, add([], [I64], [I32], reset(module, globals)));

  const around: Around = (opcode) => {
    const type = { sources: SOURCES, quiet: QUIET, sinks: SINKS, open: undefined }[nan]?.get(opcode);
    if (!type) return {};
    return nan !== "sinks" ? { behind: call(canonical[type]) } : { before: call(canonical[type]) };
  };
  const bodies = [
    ...imports.map(({ type }) => fromImport(module.types[type] as FuncType)),
    ...module.bodies.map((body) => changedBody(module, body, around)),
    ...own.map(({ body }) => body),
  ];
  const functions = [...imports.map(({ type }) => type), ...module.functions, ...own.map(({ type }) => type)];
  const changed = new Map([
    [SECTION.import, undefined],
    [SECTION.start, undefined],
    [SECTION.type, more(itemsOf(module, SECTION.type), types)],
    [SECTION.function, { count: functions.length, bytes: Uint8Array.from(functions.flatMap(leb)) }],
    [SECTION.memory, { count: 1, bytes: Uint8Array.from([1, MEMORY_PAGES, MEMORY_PAGES]) }],
    [SECTION.global, globalItems(globals)],
    [SECTION.export, more({ count: 0, bytes: new Uint8Array() }, exports)],
    [SECTION.code, { count: bodies.length, bytes: concat(bodies) }],
  ]);
  return { wasm: withSections(module, changed), entries };
}

function get(local: number): number[] {
  return [OP.localGet, ...leb(local)];
}

function zero(type: number): number[] {
  if (type === I32) return [OP.i32Const, 0];
  if (type === I64) return [OP.i64Const, 0];
  if (type === F32) return [OP.f32Const, 0, 0, 0, 0];
  if (type === F64) return [OP.f64Const, 0, 0, 0, 0, 0, 0, 0, 0];
  return [0xd0, type]; // ref.null
}

function bodyOf(locals: readonly number[], code: readonly number[]): Uint8Array {
  const groups = locals.flatMap((type) => [1, type]);
  return sized(Uint8Array.from([...leb(locals.length), ...groups, ...code, OP.end]));
}

/** Instructions that drop segments or change tables, whose state cannot be set back, need a section that counts segments or come with references. */
function hasSegments({ sections, bodies, ...module }: Module): boolean {
  let found = sections.some(({ id }) => id === SECTION.dataCount);
  for (const body of bodies)
    forEachInstruction({ sections, bodies, ...module }, body, (opcode) => {
      found ||= TABLE_OPS.has(opcode);
    });
  return found;
}
const TABLE_OPS = new Set([0x25, 0x26, 0xfc09, 0xfc0c, 0xfc0d, 0xfc0e, 0xfc0f, 0xfc10, 0xfc11]);

/** Local 0 is the address. */
function reset(module: Module, globals: readonly DefinedGlobal[]): number[] {
  const end = sleb(BigInt(MEMORY_PAGES * 0x10000));
  const word = [...get(0), OP.i64Const, 0, OP.i64Store, 3, 0];
  const next = [...get(0), OP.i32Const, 8, OP.i32Add, OP.localTee, 0, OP.i32Const, ...end, OP.i32LtU];
  const data = module.data.flatMap(({ address = 0, bytes }) =>
    [...bytes].flatMap((byte, i) => [
      ...[OP.i32Const, ...sleb(BigInt(address + i)), OP.i32Const, ...sleb(BigInt(byte)), OP.i32Store8, 0, 0],
    ]),
  );
  return [
    ...globals.flatMap(({ mutable, initial }, i) => (mutable ? [...initial, OP.globalSet, ...leb(i)] : [])),
    ...[0x03, 0x40, ...word, ...next, 0x0d, 0, OP.end],
    ...data,
    ...[OP.i64Const, 0],
  ];
}

/** Folds all of memory into local 0, an i64; local 1 is the address. */
function memoryHash(mix: readonly number[]): number[] {
  const end = sleb(BigInt(MEMORY_PAGES * 0x10000));
  const word = [...get(0), ...get(1), OP.i64Load, 3, 0, ...mix, OP.localSet, 0];
  const next = [...get(1), OP.i32Const, 8, OP.i32Add, OP.localTee, 1, OP.i32Const, ...end, OP.i32LtU];
  return [0x03, 0x40, ...word, ...next, 0x0d, 0, OP.end];
}

interface Global {
  readonly type: number;
  readonly mutable: boolean;
}

/** @throws Error for an import that is neither a function nor a constant global. */
function importedGlobals(module: Module): Global[] {
  const section = module.sections.find(({ id }) => id === SECTION.import);
  if (!section) return [];
  const r = new Reader(module.bytes, module.what, section.start, section.end);
  return r
    .list(() => {
      r.name();
      r.name();
      const kind = r.u8();
      if (kind === KIND.function) return void r.u32();
      if (kind !== KIND.global) throw new Error(`${module.what}: imports a memory or a table`);
      return { type: r.u8(), mutable: r.u8() === 1 };
    })
    .filter((global) => global !== undefined);
}

interface DefinedGlobal extends Global {
  readonly initial: readonly number[];
}

/** A value that was an imported constant, which only is one as long as it is imported, becomes zero. */
function definedGlobals(module: Module, imported: readonly Global[]): DefinedGlobal[] {
  const section = module.sections.find(({ id }) => id === SECTION.global);
  if (!section) return [];
  const r = new Reader(module.bytes, module.what, section.start, section.end);
  return r.list(() => {
    const type = r.u8();
    const mutable = r.u8() === 1;
    const from = r.at;
    skipConstant(r);
    const initial = module.bytes.subarray(from, r.at - 1);
    const isImported = initial[0] === OP.globalGet && (initial[1] as number) < imported.length;
    return { type, mutable, initial: isImported ? zero(type) : [...initial] };
  });
}

function globalItems(globals: readonly DefinedGlobal[]): Items {
  const items = globals.map(({ type, mutable, initial }) => [type, mutable ? 1 : 0, ...initial, OP.end]);
  return more({ count: 0, bytes: new Uint8Array() }, items);
}

function skipConstant(r: Reader): void {
  for (let opcode = r.u8(); opcode !== OP.end; opcode = r.u8()) {
    if (opcode === OP.i32Const) r.signed(32);
    else if (opcode === OP.i64Const) r.signed(64);
    else if (opcode === OP.f32Const) r.skip(4);
    else if (opcode === OP.f64Const) r.skip(8);
    else r.u32(); // global.get, ref.func, ref.null
  }
}
