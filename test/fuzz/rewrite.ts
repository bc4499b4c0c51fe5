/** Writes a module anew: sections in their order, bodies instruction by instruction. */
import { concat } from "../../scripts/pipeline/wasm/markers.ts";
import { type Body, forEachInstruction, type Module } from "../../scripts/pipeline/wasm/module.ts";
import { leb } from "../../scripts/pipeline/wasm/reader.ts";

export const SECTION = {
  custom: 0,
  type: 1,
  import: 2,
  function: 3,
  table: 4,
  memory: 5,
  global: 6,
  export: 7,
  start: 8,
  element: 9,
  code: 10,
  data: 11,
  dataCount: 12,
} as const;
/** Their order in a file (Core Specification 2.0, 5.5.16). */
const ORDER = [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 10, 11];

export const I32 = 0x7f;
export const I64 = 0x7e;
export const F32 = 0x7d;
export const F64 = 0x7c;

/** Signed LEB128. */
export function sleb(value: bigint): number[] {
  const out: number[] = [];
  for (let rest = value; ; ) {
    const byte = Number(rest & 0x7fn);
    rest >>= 7n;
    if ((rest === 0n && !(byte & 0x40)) || (rest === -1n && byte & 0x40)) return [...out, byte];
    out.push(byte | 0x80);
  }
}

/** The items of a section, without their count, and the count. */
export interface Items {
  readonly count: number;
  readonly bytes: Uint8Array;
}

export function itemsOf(module: Module, id: number): Items {
  const section = module.sections.find((s) => s.id === id);
  if (!section) return { count: 0, bytes: new Uint8Array() };
  let at = section.start;
  let count = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = module.bytes[at++] as number;
    count |= (byte & 0x7f) << shift;
    if (byte < 0x80) return { count, bytes: module.bytes.subarray(at, section.end) };
  }
}

export function more(items: Items, added: readonly (readonly number[])[]): Items {
  return { count: items.count + added.length, bytes: concat([items.bytes, ...added.map((a) => Uint8Array.from(a))]) };
}

/** A module with other contents for some sections; undefined: without it. Custom sections, names among them, come last. */
export function withSections(module: Module, changed: ReadonlyMap<number, Items | undefined>): Uint8Array {
  const parts = [module.bytes.subarray(0, 8)];
  for (const id of ORDER) {
    let contents: Uint8Array | undefined;
    if (changed.has(id)) {
      const items = changed.get(id);
      contents = items && concat([Uint8Array.from(leb(items.count)), items.bytes]);
    } else {
      const section = module.sections.find((s) => s.id === id);
      contents = section && module.bytes.subarray(section.start, section.end);
    }
    if (contents) parts.push(Uint8Array.from([id, ...leb(contents.length)]), contents);
  }
  for (const { id, start, end } of module.sections)
    if (id === SECTION.custom)
      parts.push(Uint8Array.from([id, ...leb(end - start)]), module.bytes.subarray(start, end));
  return concat(parts);
}

/** What to put before and behind an instruction. */
export type Around = (opcode: number) => { readonly before?: readonly number[]; readonly behind?: readonly number[] };

/** A body with its size, changed. */
export function changedBody(module: Module, body: Body, around: Around): Uint8Array {
  const { bytes } = module;
  const starts: { at: number; opcode: number }[] = [];
  forEachInstruction(module, body, (opcode, at) => void starts.push({ at, opcode }));
  const parts = [bytes.subarray(body.locals, body.start)];
  for (const [i, { at, opcode }] of starts.entries()) {
    const { before = [], behind = [] } = around(opcode);
    const end = starts[i + 1]?.at ?? body.end;
    parts.push(Uint8Array.from(before), bytes.subarray(at, end), Uint8Array.from(behind));
  }
  return sized(concat(parts));
}

export function sized(bytes: Uint8Array): Uint8Array {
  return concat([Uint8Array.from(leb(bytes.length)), bytes]);
}
