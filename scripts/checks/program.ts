/** A Wasm module as the checks see it: functions with names and source positions, variables, the function table, constant data. */
import { type Position, positionsByOffset, type SourceMap } from "../pipeline/wasm/markers.ts";
import { type Body, type FuncType, KIND, type Module } from "../pipeline/wasm/module.ts";
import { Reader } from "../pipeline/wasm/reader.ts";

export interface Variable {
  readonly name: string;
  readonly mutable: boolean;
  /** Its first value, if it is a constant of 32 bits. */
  readonly initial: number | undefined;
}
export interface WasmFunction {
  readonly index: number;
  readonly name: string;
  readonly type: FuncType;
  /** Undefined: imported. */
  readonly body: Body | undefined;
}
export interface Program {
  readonly module: Module;
  readonly functions: readonly WasmFunction[];
  readonly globals: readonly Variable[];
  /** WasmFunction index by table index. */
  readonly table: ReadonlyMap<number, number>;
  /** Functions that the outside calls: the start function and exports. */
  readonly entries: readonly number[];
  readonly positions: ReadonlyMap<number, Position>;
}

const SECTION = { custom: 0, global: 6, start: 8, element: 9 } as const;
const NAMES_OF_FUNCTIONS = 1;
const NAMES_OF_GLOBALS = 7;
const END = 0x0b;
const I32_CONST = 0x41;
const REF_FUNC = 0xd2;

export function readProgram(module: Module, map: SourceMap | undefined): Program {
  const imported = module.imports.filter(({ kind }) => kind === KIND.function);
  const names = readNames(module, NAMES_OF_FUNCTIONS);
  const type = (index: number): FuncType => module.types[index] ?? { params: [], results: [] };
  const functions = [
    ...imported.map((entry, index) => ({
      index,
      name: `${entry.module}.${entry.name}`,
      type: type(entry.type),
      body: undefined,
    })),
    ...module.functions.map((typeIndex, i) => {
      const index = imported.length + i;
      return { index, name: names.get(index) ?? `f${index}`, type: type(typeIndex), body: module.bodies[i] };
    }),
  ];
  const exported = module.exports.filter(({ kind }) => kind === KIND.function).map(({ index }) => index);
  return {
    module,
    functions,
    globals: readGlobals(module),
    table: readElements(module),
    entries: [...readStart(module), ...exported],
    positions: positionsByOffset(map),
  };
}

function section(module: Module, id: number): Reader | undefined {
  const found = module.sections.find((s) => s.id === id);
  return found && new Reader(module.bytes, module.what, found.start, found.end);
}

/** A constant expression; its value when that is one of 32 bits or a function. */
function constant(r: Reader): number | undefined {
  const opcode = r.u8();
  let value: number | undefined;
  if (opcode === I32_CONST) value = Number(r.signed(32));
  else if (opcode === 0x42) r.signed(64);
  else if (opcode === 0x43) r.skip(4);
  else if (opcode === 0x44) r.skip(8);
  else if (opcode === REF_FUNC) value = r.u32();
  else if (opcode === 0xd0) r.u8();
  else r.u32(); // global.get
  if (r.u8() !== END) r.fail("an unknown constant expression");
  return value === undefined ? undefined : value >>> 0;
}

function readGlobals(module: Module): Variable[] {
  const names = readNames(module, NAMES_OF_GLOBALS);
  const imports = module.imports.filter(({ kind }) => kind === KIND.global);
  const r = section(module, SECTION.global);
  const own = r?.list((i) => {
    r.u8(); // type of the value
    const mutable = r.u8() === 1;
    return { name: names.get(imports.length + i) ?? `g${imports.length + i}`, mutable, initial: constant(r) };
  });
  return [...imports.map(({ name }) => ({ name, mutable: true, initial: undefined })), ...(own ?? [])];
}

/** Active segments of functions (Core Specification 2.0, 5.5.12); others leave the table's entries unknown, which only indirect calls miss. */
function readElements(module: Module): Map<number, number> {
  const table = new Map<number, number>();
  const r = section(module, SECTION.element);
  r?.list(() => {
    const flags = r.u32();
    const isActive = (flags & 1) === 0;
    if (isActive && flags & 2) r.u32(); // table
    const at = isActive ? (constant(r) ?? 0) : 0;
    if (flags & 3) r.u8(); // kind or type of the elements
    const functions = flags & 4 ? r.list(() => constant(r)) : r.list(() => r.u32());
    for (const [i, index] of functions.entries()) if (isActive && index !== undefined) table.set(at + i, index);
  });
  return table;
}

function readStart(module: Module): number[] {
  const r = section(module, SECTION.start);
  return r ? [r.u32()] : [];
}

/** One of the maps of the name section: index → name. */
function readNames(module: Module, wanted: number): Map<number, string> {
  const names = new Map<number, string>();
  for (const { id, start, end } of module.sections) {
    if (id !== SECTION.custom) continue;
    const r = new Reader(module.bytes, module.what, start, end);
    if (r.name() !== "name") continue;
    while (r.at < end) {
      const kind = r.u8();
      const next = r.u32() + r.at;
      if (kind === wanted) r.list(() => names.set(r.u32(), r.name()));
      r.at = next;
    }
  }
  return names;
}

/** A 32-bit word of the constant data. */
export function constantWord(module: Module, address: number): number | undefined {
  const segment = module.data.find(
    (d) => d.address !== undefined && address >= d.address && address + 4 <= d.address + d.bytes.length,
  );
  if (segment?.address === undefined) return undefined;
  const { bytes } = segment;
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(address - segment.address, true);
}
