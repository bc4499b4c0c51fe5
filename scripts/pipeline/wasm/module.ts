/** Reads what the pipeline needs to know of a Wasm module; refuses what lies beyond Wasm 2.0 without SIMD, by name. */
import { UserError } from "../../errors.ts";
import { type Immediate, OPCODES, OPCODES_FC, REFUSED } from "./opcodes.ts";
import { Reader } from "./reader.ts";

export interface Section {
  readonly id: number;
  /** Offsets of the contents (without id and length) in the file. */
  readonly start: number;
  readonly end: number;
}
export interface FuncType {
  readonly params: readonly number[];
  readonly results: readonly number[];
}
export interface Import {
  readonly module: string;
  readonly name: string;
  readonly kind: number;
  /** Type index, for functions. */
  readonly type: number;
}
export interface Export {
  readonly name: string;
  readonly kind: number;
  readonly index: number;
}
export interface DataSegment {
  /** Constant address, or undefined: the segment is passive, or its address is not a constant. */
  readonly address: number | undefined;
  readonly bytes: Uint8Array;
}
export interface Body {
  /** Where the declarations of the locals begin, and the body as the size field counts it. */
  readonly locals: number;
  /** The first instruction. */
  readonly start: number;
  /** Behind the last `end`. */
  readonly end: number;
}
export interface Module {
  readonly what: string;
  readonly bytes: Uint8Array;
  readonly sections: readonly Section[];
  readonly types: readonly FuncType[];
  readonly imports: readonly Import[];
  readonly functions: readonly number[];
  readonly exports: readonly Export[];
  /** Size in 64 KiB pages; no memory: undefined. */
  readonly memory: { readonly initial: number; readonly maximum: number | undefined } | undefined;
  readonly data: readonly DataSegment[];
  /** Function bodies, as offsets in the file. */
  readonly bodies: readonly Body[];
}

export const KIND = { function: 0, table: 1, memory: 2, global: 3 } as const;
const SECTION = { type: 1, import: 2, function: 3, memory: 5, export: 7, code: 10, data: 11 } as const;
const MAGIC = 0x6d736100;

function refuse(what: string, feature: string): never {
  throw new UserError(
    `${what}: uses ${feature}, which jh-inmate does not take: compile for Wasm 2.0 without SIMD (for clang: -mcpu=mvp -mbulk-memory)`,
  );
}

export function parseModule(bytes: Uint8Array, what: string): Module {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < 8 || view.getUint32(0, true) !== MAGIC)
    throw new UserError(`${what}: not a Wasm module (it does not begin with \\0asm)`);
  if (view.getUint32(4, true) !== 1) refuse(what, `binary version ${view.getUint32(4, true)} (a component?)`);
  const file = new Reader(bytes, what, 8);
  const sections: Section[] = [];
  while (file.at < file.end) {
    const id = file.u8();
    const size = file.u32();
    const start = file.at;
    file.skip(size);
    sections.push({ id, start, end: file.at });
  }
  const read = <T>(id: number, item: (r: Reader) => T): T[] => {
    const section = sections.find((s) => s.id === id);
    if (!section) return [];
    const r = new Reader(bytes, what, section.start, section.end);
    return r.list(() => item(r));
  };
  const memories = read(SECTION.memory, (r) => limits(r));
  if (memories.length > 1) refuse(what, "several memories");
  return {
    what,
    bytes,
    sections,
    types: read(SECTION.type, funcType),
    imports: read(SECTION.import, importEntry),
    functions: read(SECTION.function, (r) => r.u32()),
    exports: read(SECTION.export, (r) => ({ name: r.name(), kind: r.u8(), index: r.u32() })),
    memory: memories[0],
    data: read(SECTION.data, dataSegment),
    bodies: read(SECTION.code, body),
  };
}

function funcType(r: Reader): FuncType {
  if (r.u8() !== 0x60) refuse(r.what, "garbage collection types");
  return { params: r.list(() => r.u8()), results: r.list(() => r.u8()) };
}

function limits(r: Reader): { initial: number; maximum: number | undefined } {
  const flags = r.u8();
  if (flags & 2) refuse(r.what, "shared memory (threads)");
  if (flags & 4) refuse(r.what, "64-bit memory");
  return { initial: r.u32(), maximum: flags & 1 ? r.u32() : undefined };
}

function importEntry(r: Reader): Import {
  const module = r.name();
  const name = r.name();
  const kind = r.u8();
  let type = -1;
  if (kind === KIND.function) type = r.u32();
  else if (kind === KIND.table) {
    r.u8();
    limits(r);
  } else if (kind === KIND.memory) limits(r);
  else if (kind === KIND.global) r.skip(2);
  else refuse(r.what, "exception handling");
  return { module, name, kind, type };
}

function dataSegment(r: Reader): DataSegment {
  const flags = r.u32();
  if (flags > 2) r.fail("unknown data segment");
  if (flags === 2 && r.u32() !== 0) refuse(r.what, "several memories");
  let address: number | undefined;
  if (flags !== 1) {
    if (r.u8() === 0x41) address = Number(BigInt.asUintN(32, r.signed(32)));
    else r.u32(); // global.get of an imported constant
    if (r.u8() !== 0x0b) refuse(r.what, "extended constant expressions");
  }
  return { address, bytes: r.take(r.u32()) };
}

function body(r: Reader): Body {
  const size = r.u32();
  const locals = r.at;
  const end = locals + size;
  for (let groups = r.u32(); groups > 0; groups--) {
    r.u32(); // how many
    r.u8(); // type
  }
  const start = r.at;
  r.skip(end - start);
  return { locals, start, end };
}

/** Calls `visit` for every instruction of a body, with its opcode (prefix << 8 | second), its offset and a reader at its immediates. */
export function forEachInstruction(
  module: Module,
  { start, end }: Body,
  visit: (opcode: number, offset: number, immediates: Reader) => void,
): void {
  const r = new Reader(module.bytes, module.what, start, end);
  while (r.at < end) {
    const offset = r.at;
    const first = r.u8();
    const second = first === 0xfc ? r.u32() : 0;
    const immediates = (first === 0xfc ? OPCODES_FC.get(second) : OPCODES.get(first)) ?? refuseInstruction(r, first);
    visit(first === 0xfc ? 0xfc00 | second : first, offset, new Reader(module.bytes, module.what, r.at, end));
    for (const immediate of immediates) skipImmediate(r, immediate);
  }
}

function refuseInstruction(r: Reader, opcode: number): never {
  const feature = REFUSED.get(opcode);
  return feature ? refuse(r.what, feature) : r.fail(`unknown instruction 0x${opcode.toString(16)}`);
}

function skipImmediate(r: Reader, immediate: Immediate): void {
  switch (immediate) {
    case "block":
      r.signed(33);
      return;
    case "u32":
      r.u32();
      return;
    case "s32":
      r.signed(32);
      return;
    case "s64":
      r.signed(64);
      return;
    case "f32":
      r.skip(4);
      return;
    case "f64":
      r.skip(8);
      return;
    case "memarg":
      if (r.u32() >= 64) refuse(r.what, "several memories");
      r.u32();
      return;
    case "memory":
      if (r.u8() !== 0) refuse(r.what, "several memories");
      return;
    case "labels":
      r.list(() => r.u32());
      r.u32();
      return;
    case "types":
      r.list(() => r.u8());
  }
}
