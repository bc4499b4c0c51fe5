/**
 * Markers carry source positions through wasm2c, which drops them.
 *
 * Before each instruction that the source map knows, `i32.const MARK+n; drop` is inserted: stack-neutral, so it may stand anywhere. wasm2c
 * turns it into the line `var_iK = <MARK+n>u;`, and the C emitter replaces that by `#line`. n is the index into the table of positions.
 */
import { decode } from "@jridgewell/sourcemap-codec";
import { type Body, forEachInstruction, type Module } from "./module.ts";
import { leb } from "./reader.ts";

export interface Position {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}
export interface SourceMap {
  readonly sources: readonly string[];
  readonly mappings: string;
  /** The texts of `sources`, which asc adds. */
  readonly sourcesContent?: readonly (string | null)[];
  /** Where code of another function begins that stands in the place of its call: offset, name of the function, place of the call. */
  readonly inlined?: readonly (readonly [offset: number, name: string, call: Position])[];
}
export interface Marked {
  readonly bytes: Uint8Array;
  /** Constant of the first marker. */
  readonly base: number;
  readonly positions: readonly Position[];
}

const I32_CONST = 0x41;
const I64_CONST = 0x42;
const DROP = 0x1a;
const SECTION_CODE = 10;
const SECTION_DATA = 11;
const SECTION_DATA_COUNT = 12;

/** Bit 30 set, bit 31 clear: five bytes as a signed LEB128, and unusual in programs. */
const BASES = Array.from({ length: 256 }, (_, i) => 0x40000000 + i * 0x100000);
const MOST_MARKERS = 0x100000;

/** A range of 2^20 constants of which the program uses none. */
function freeBase(module: Module): number {
  const used = new Set<number>();
  for (const body of module.bodies) {
    forEachInstruction(module, body, (opcode, _, r) => {
      if (opcode === I32_CONST) used.add(Number(BigInt.asUintN(32, r.signed(32))) >>> 20);
      if (opcode === I64_CONST) used.add(Number(BigInt.asUintN(32, r.signed(64))) >>> 20);
    });
  }
  const base = BASES.find((b) => !used.has(b >>> 20));
  if (base === undefined) throw new Error("no free range of constants for markers");
  return base;
}

/** Offset in the file → position. */
export function positionsByOffset(map: SourceMap | undefined): Map<number, Position> {
  const found = new Map<number, Position>();
  for (const segment of map ? (decode(map.mappings)[0] ?? []) : []) {
    if (segment.length === 1) continue;
    const [offset, source, line, column] = segment;
    const file = map?.sources[source];
    if (file !== undefined) found.set(offset, { file, line: line + 1, column: column + 1 });
  }
  return found;
}

/**
 * Inserts the markers and leaves out the sections that wasm2c need not see: custom sections but the names, and the data, if `data` says so
 * (it is shipped as one blob).
 */
export function insertMarkers(module: Module, map: SourceMap | undefined, data: "keep" | "drop"): Marked {
  const byOffset = positionsByOffset(map);
  const base = freeBase(module);
  const positions: Position[] = [];
  const indexOf = new Map<string, number>();

  const marker = (position: Position): number[] => {
    const key = `${position.file}:${position.line}:${position.column}`;
    let index = indexOf.get(key);
    if (index === undefined) {
      index = positions.push(position) - 1;
      if (index >= MOST_MARKERS) throw new Error("too many source positions");
      indexOf.set(key, index);
    }
    const value = base + index;
    return [
      I32_CONST,
      (value & 0x7f) | 0x80,
      ((value >>> 7) & 0x7f) | 0x80,
      ((value >>> 14) & 0x7f) | 0x80,
      ((value >>> 21) & 0x7f) | 0x80,
      value >>> 28,
      DROP,
    ];
  };

  const markBody = (body: Body): Uint8Array[] => {
    const parts: Uint8Array[] = [];
    let from = body.locals;
    forEachInstruction(module, body, (_, offset) => {
      const position = byOffset.get(offset);
      if (!position) return;
      parts.push(module.bytes.subarray(from, offset), Uint8Array.from(marker(position)));
      from = offset;
    });
    parts.push(module.bytes.subarray(from, body.end));
    return parts;
  };

  const out: Uint8Array[] = [module.bytes.subarray(0, 8)];
  for (const section of module.sections) {
    if ((section.id === SECTION_DATA || section.id === SECTION_DATA_COUNT) && data === "drop") continue;
    let parts: Uint8Array[] = [module.bytes.subarray(section.start, section.end)];
    if (section.id === 0 && !isNameSection(module, section.start)) continue;
    if (section.id === SECTION_CODE) {
      parts = [Uint8Array.from(leb(module.bodies.length))];
      for (const body of module.bodies) {
        const marked = markBody(body);
        parts.push(Uint8Array.from(leb(total(marked))), ...marked);
      }
    }
    out.push(Uint8Array.from([section.id, ...leb(total(parts))]), ...parts);
  }
  return { bytes: concat(out), base, positions };
}

function isNameSection(module: Module, start: number): boolean {
  return new TextDecoder("latin1").decode(module.bytes.subarray(start, start + 5)) === "\x04name";
}

function total(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, part) => sum + part.length, 0);
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(total(parts));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
