/**
 * The first step to the simulation copy, on the binary format, as source positions are offsets there:
 *
 * - before each instruction that the source map knows, a byte of its own is set: that the position was reached, for coverage; and by the
 *   number of that byte the final code's offsets are named again (places.ts)
 * - before each branch back to the head of a loop time passes, so that a loop that calls nothing does not stall it
 * - functions that may call themselves count what they take of the stack, as that of an engine is much larger than a cell's
 * - a load or store beyond what RAM backs calls `bad_access`: pages of an engine have 64 KiB, those of a cell 4
 * - the start function becomes an export, as the machine has to be there before it runs; the memory an import, as devices reach it
 *
 * Functions that come in are appended without a body; support.ts fills them in. So no index of the module changes.
 */
import { concat, type Position, positionsByOffset, type SourceMap } from "../../pipeline/wasm/markers.ts";
import { type Body, forEachInstruction, KIND, type Module } from "../../pipeline/wasm/module.ts";
import { leb, Reader } from "../../pipeline/wasm/reader.ts";
import * as code from "./encode.ts";
import { F32, F64, I32, I64 } from "./encode.ts";
import { type Layout, WORD } from "./layout.ts";
import { recursiveFunctions } from "./recursion.ts";

const SECTION = { type: 1, import: 2, function: 3, memory: 5, export: 7, start: 8, code: 10 } as const;

/** Functions without a body yet, by the names that they are exported by. */
export const STUBS = {
  "sim:safe_point": { params: [], results: [] },
  "sim:stack_overflow": { params: [], results: [] },
  "sim:bad_access": { params: [I32, I32], results: [] },
  "sim:check_range": { params: [I32, I32], results: [] },
  "sim:memory_size": { params: [], results: [I32] },
  "sim:memory_grow": { params: [I32], results: [I32] },
  "sim:memory_copy": { params: [I32, I32, I32], results: [] },
  "sim:memory_fill": { params: [I32, I32, I32], results: [] },
} as const satisfies Record<string, { params: readonly number[]; results: readonly number[] }>;
type Stub = keyof typeof STUBS;
const NAMES = Object.keys(STUBS) as Stub[];

export const START = "sim:start";

const [BLOCK, LOOP, IF, END, RETURN, EMPTY] = [0x02, 0x03, 0x04, 0x0b, 0x0f, 0x40];
const [BR, BR_IF, BR_TABLE] = [0x0c, 0x0d, 0x0e];
const [I32_CONST, MEMORY_SIZE, MEMORY_GROW] = [0x41, 0x3f, 0x40];
const [MEMORY_INIT, MEMORY_COPY, MEMORY_FILL] = [0xfc08, 0xfc0a, 0xfc0b];
const [FIRST_LOAD, FIRST_STORE, LAST_STORE] = [0x28, 0x36, 0x3e];
/** Bytes of the loads and stores from 0x28 to 0x3e, and what the stores store. */
const WIDTHS = [4, 8, 4, 8, 1, 1, 2, 2, 1, 1, 2, 2, 4, 4, 4, 8, 4, 8, 1, 2, 1, 2, 4];
const STORED = [I32, I64, F32, F64, I32, I32, I64, I64, I64];

/** The positions of a source map by number, and which offset has which. */
export interface Places {
  readonly positions: readonly Position[];
  readonly numberAt: ReadonlyMap<number, number>;
}

export function placesOf(map: SourceMap | undefined): Places {
  const positions: Position[] = [];
  const numbers = new Map<string, number>();
  const numberAt = new Map<number, number>();
  for (const [offset, position] of positionsByOffset(map)) {
    const key = `${position.file}:${position.line}:${position.column}`;
    const number = numbers.get(key) ?? positions.push(position) - 1;
    numbers.set(key, number);
    numberAt.set(offset, number);
  }
  return { positions, numberAt };
}

/** `inTable`: functions that indirect calls may reach. */
export function rewrite(module: Module, { numberAt }: Places, layout: Layout, inTable: readonly number[]): Uint8Array {
  const imported = module.imports.filter(({ kind }) => kind === KIND.function).length;
  const first = imported + module.functions.length;
  const stub = (name: Stub) => first + NAMES.indexOf(name);
  const recursive = recursiveFunctions(module, inTable);
  const bodies = module.bodies.map((body, i) => {
    const { params = [], results = [] } = module.types[module.functions[i] as number] ?? {};
    const frame = recursive.has(i) && results.length <= 1 ? { result: results[0] ?? EMPTY } : undefined;
    return rewriteBody(module, body, { params: params.length, frame, numberAt, layout, stub });
  });
  const types = typesFor(module);
  const out: Uint8Array[] = [module.bytes.subarray(0, 8)];
  for (const { id, start, end } of withAll(module)) {
    const rest = () => {
      const r = new Reader(module.bytes, module.what, start, end);
      return { count: end > start ? r.u32() : 0, bytes: module.bytes.subarray(r.at, end) };
    };
    if (id === SECTION.start || id === SECTION.memory) continue;
    if (id === SECTION.type) {
      out.push(code.section(id, code.vector(types.count, rest().bytes, types.added)));
    } else if (id === SECTION.function) {
      const indices = Uint8Array.from(types.ofStubs.flatMap(leb));
      out.push(code.section(id, code.vector(rest().count + NAMES.length, rest().bytes, indices)));
    } else if (id === SECTION.import) {
      const limits = [1, ...leb(layout.pages), ...leb(layout.pages)];
      const memory = Uint8Array.from([...code.name("sim"), ...code.name("memory"), KIND.memory, ...limits]);
      out.push(code.section(id, code.vector(rest().count + 1, rest().bytes, memory)));
    } else if (id === SECTION.export) {
      const added = exportsFor(module, stub);
      out.push(code.section(id, code.vector(rest().count + added.length, rest().bytes, ...added)));
    } else if (id === SECTION.code) {
      const empty = NAMES.map(() => Uint8Array.from([3, 0, 0x00, 0x0b]));
      out.push(code.section(id, code.vector(bodies.length + empty.length, ...bodies, ...empty)));
    } else {
      out.push(code.section(id, module.bytes.subarray(start, end)));
    }
  }
  return concat(out);
}

/** The module's sections, with empty ones where it has no imports or exports. */
function withAll({ sections }: Module): Module["sections"] {
  const all = [...sections];
  for (const id of [SECTION.import, SECTION.export]) {
    if (all.some((section) => section.id === id)) continue;
    const behind = all.findIndex((section) => section.id > id);
    all.splice(behind < 0 ? all.length : behind, 0, { id, start: 0, end: 0 });
  }
  return all;
}

function typesFor(module: Module): { count: number; added: Uint8Array; ofStubs: number[] } {
  const all = module.types.map(({ params, results }) => `${params}:${results}`);
  const added: number[] = [];
  const ofStubs = NAMES.map((name) => {
    const { params, results } = STUBS[name];
    const known = all.indexOf(`${params}:${results}`);
    if (known >= 0) return known;
    added.push(0x60, params.length, ...params, results.length, ...results);
    return all.push(`${params}:${results}`) - 1;
  });
  return { count: all.length, added: Uint8Array.from(added), ofStubs };
}

function exportsFor(module: Module, stub: (name: Stub) => number): Uint8Array[] {
  const start = module.sections.find(({ id }) => id === SECTION.start);
  const entries = NAMES.map((name) => [...code.name(name), KIND.function, ...leb(stub(name))]);
  if (start) entries.push([...code.name(START), KIND.function, ...module.bytes.subarray(start.start, start.end)]);
  return entries.map((entry) => Uint8Array.from(entry));
}

interface BodyContext {
  readonly params: number;
  /** Its stack is counted; with the type of what it gives. */
  readonly frame: { readonly result: number } | undefined;
  readonly numberAt: ReadonlyMap<number, number>;
  readonly layout: Layout;
  readonly stub: (name: Stub) => number;
}

function rewriteBody(module: Module, body: Body, context: BodyContext): Uint8Array {
  const { params, frame, numberAt, layout, stub } = context;
  const { declarations, first } = withLocals(module, body, params);
  const parts: Uint8Array[] = [declarations];
  let from = body.start;
  const upTo = (offset: number) => {
    parts.push(module.bytes.subarray(from, offset));
    from = offset;
  };
  const put = (bytes: readonly number[]) => parts.push(Uint8Array.from(bytes));
  // A block around it all, so that a branch out of the function comes past the end of the count.
  if (frame) put([...enterFrame(layout, stub("sim:stack_overflow")), BLOCK, frame.result]);
  let constant: number | undefined;
  /** Of the blocks around an instruction, outermost first: whether it is a loop. */
  const labels: boolean[] = [];
  const leadsToLoop = (label: number) => labels[labels.length - 1 - label] === true;
  forEachInstruction(module, body, (opcode, offset, r) => {
    const number = numberAt.get(offset);
    if (number !== undefined) {
      upTo(offset);
      put([...code.i32Const(layout.covered + number), ...code.i32Const(1), 0x3a, 0, 0]);
    }
    const address = constant;
    constant = opcode === I32_CONST ? Number(BigInt.asUintN(32, r.signed(32))) : undefined;
    if (opcode === RETURN && frame) {
      upTo(offset);
      put(changeStack(layout, -FRAME));
    } else if (opcode === BLOCK || opcode === LOOP || opcode === IF) {
      labels.push(opcode === LOOP);
    } else if (opcode === END) {
      labels.pop();
    } else if (opcode === BR || opcode === BR_IF || opcode === BR_TABLE) {
      const targets = opcode === BR_TABLE ? [...r.list(() => r.u32()), r.u32()] : [r.u32()];
      if (!targets.some(leadsToLoop)) return;
      upTo(offset);
      put(turnOfLoop(layout, stub("sim:safe_point")));
    } else if (opcode >= FIRST_LOAD && opcode <= LAST_STORE) {
      r.u32();
      const at = r.u32();
      const width = WIDTHS[opcode - FIRST_LOAD] as number;
      if (address !== undefined && opcode < FIRST_STORE && isBacked(layout, address + at, width)) return;
      upTo(offset);
      put(checked(opcode, at, width, layout, first, stub("sim:bad_access")));
    } else {
      const replaced = REPLACED[opcode];
      if (replaced) {
        upTo(offset);
        put(code.call(stub(replaced)));
        r.skip(opcode === MEMORY_COPY ? 2 : 1);
        from = r.at;
      } else if (opcode === MEMORY_INIT) {
        upTo(offset);
        put(checkedInit(first, stub("sim:check_range")));
      }
    }
  });
  upTo(body.end);
  if (frame) put([...changeStack(layout, -FRAME), END]);
  const bytes = concat(parts);
  return concat([Uint8Array.from(leb(bytes.length)), bytes]);
}

const REPLACED: Readonly<Record<number, Stub>> = {
  [MEMORY_SIZE]: "sim:memory_size",
  [MEMORY_GROW]: "sim:memory_grow",
  [MEMORY_COPY]: "sim:memory_copy",
  [MEMORY_FILL]: "sim:memory_fill",
};

/** Locals of ours behind the function's own: three i32 and one of each other type. */
const OURS = [3, I32, 1, I64, 1, F32, 1, F64];
const NUMBER: Readonly<Record<number, number>> = { [I32]: 2, [I64]: 3, [F32]: 4, [F64]: 5 };

function withLocals(module: Module, { locals, start }: Body, params: number) {
  const r = new Reader(module.bytes, module.what, locals, start);
  const groups = r.u32();
  const declared = module.bytes.subarray(r.at, start);
  let count = params;
  for (let i = 0; i < groups; i++) {
    count += r.u32();
    r.u8();
  }
  const declarations = concat([Uint8Array.from(leb(groups + 4)), declared, Uint8Array.from(OURS)]);
  return { declarations, first: count };
}

function isBacked({ start, limit }: Layout, address: number, width: number): boolean {
  return address >= start && address + width <= limit;
}

/** What a function takes of the stack, about. */
const FRAME = 48;

function changeStack({ words }: Layout, by: number): number[] {
  const used = code.i32Const(words + WORD.stackUsed);
  const [I32_LOAD, I32_STORE, I32_ADD] = [[0x28, 2, 0], [0x36, 2, 0], 0x6a];
  return [...used, ...used, ...I32_LOAD, ...code.i32Const(by), I32_ADD, ...I32_STORE];
}

function enterFrame(layout: Layout, overflow: number): number[] {
  const load = (word: number) => [...code.i32Const(layout.words + word), 0x28, 2, 0];
  const I32_GT_S = 0x4a;
  const isBeyond = [...load(WORD.stackUsed), ...load(WORD.stackLimit), I32_GT_S];
  return [...changeStack(layout, FRAME), ...isBeyond, ...code.when(code.call(overflow))];
}

/**
 * Time passes, for this turn and for what its accesses have cost; when something is due, it is done. Code without loops takes none: the first
 * statement of a handler sees the time at which the interrupt came.
 */
function turnOfLoop({ words }: Layout, safePoint: number): number[] {
  const [now, deadline, cost] = [words + WORD.now, words + WORD.deadline, words + WORD.loopCost];
  const owed = words + WORD.owed;
  const F64_ZERO = [0x44, 0, 0, 0, 0, 0, 0, 0, 0];
  const [F64_ADD, F64_GE, F64_STORE] = [0xa0, 0x66, [0x39, 3, 0]];
  return [
    ...[...code.i32Const(now), ...code.f64Load(now), ...code.f64Load(cost), F64_ADD],
    ...[...code.f64Load(owed), F64_ADD, ...F64_STORE],
    ...[...code.i32Const(owed), ...F64_ZERO, ...F64_STORE],
    ...[...code.f64Load(now), ...code.f64Load(deadline), F64_GE, ...code.when(code.call(safePoint))],
  ];
}

/** Before a load, whose pointer lies on the stack, or a store, which has its value on top of it. */
function checked(opcode: number, at: number, width: number, layout: Layout, first: number, badAccess: number) {
  const pointer = first;
  const value = opcode < FIRST_STORE ? undefined : first + (NUMBER[STORED[opcode - FIRST_STORE] as number] as number);
  const last = layout.limit - layout.start - width;
  const [I32_ADD, I32_GT_U, I64_ADD, I64_GT_U, I64_EXTEND_U] = [0x6a, 0x4b, 0x7c, 0x56, 0xad];
  // Up to `start` the sum wraps only to what is refused anyway.
  const isBeyond =
    at <= layout.start
      ? [...code.i32Const(at - layout.start), I32_ADD, ...code.i32Const(last), I32_GT_U]
      : [I64_EXTEND_U, ...code.i64Const(at - layout.start), I64_ADD, ...code.i64Const(last), I64_GT_U];
  return [
    ...(value === undefined ? [] : code.localSet(value)),
    ...[...code.localTee(pointer), ...code.localGet(pointer), ...isBeyond],
    ...code.when([...code.localGet(pointer), ...code.i32Const(at), ...code.call(badAccess)]),
    ...(value === undefined ? [] : code.localGet(value)),
  ];
}

function checkedInit(first: number, checkRange: number): number[] {
  const [to, source, length] = [first, first + 1, first + 2];
  return [
    ...[...code.localSet(length), ...code.localSet(source), ...code.localSet(to)],
    ...[...code.localGet(to), ...code.localGet(length), ...code.call(checkRange)],
    ...[...code.localGet(to), ...code.localGet(source), ...code.localGet(length)],
  ];
}
