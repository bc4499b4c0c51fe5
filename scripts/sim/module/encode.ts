/** Pieces of the binary format (Core Specification 2.0, 5.2 to 5.5), for code that is put into a module. */
import { concat } from "../../pipeline/wasm/markers.ts";
import { leb } from "../../pipeline/wasm/reader.ts";

export const I32 = 0x7f;
export const I64 = 0x7e;
export const F32 = 0x7d;
export const F64 = 0x7c;

/** Signed LEB128. */
export function sleb(value: number | bigint): number[] {
  const out: number[] = [];
  for (let rest = BigInt(value); ; ) {
    const byte = Number(rest & 0x7fn);
    rest >>= 7n;
    if ((rest === 0n && byte < 0x40) || (rest === -1n && byte >= 0x40)) return [...out, byte];
    out.push(byte | 0x80);
  }
}

export const i32Const = (value: number): number[] => [0x41, ...sleb(value | 0)];
export const i64Const = (value: number): number[] => [0x42, ...sleb(value)];
export const localGet = (index: number): number[] => [0x20, ...leb(index)];
export const localSet = (index: number): number[] => [0x21, ...leb(index)];
export const localTee = (index: number): number[] => [0x22, ...leb(index)];
export const call = (index: number): number[] => [0x10, ...leb(index)];
/** `if` without result. */
export const when = (body: readonly number[]): number[] => [0x04, 0x40, ...body, 0x0b];
export const f64Load = (address: number): number[] => [...i32Const(address), 0x2b, 3, 0];

export function section(id: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const body = concat(parts);
  return concat([Uint8Array.from([id, ...leb(body.length)]), body]);
}

export function vector(count: number, ...parts: readonly Uint8Array[]): Uint8Array {
  return concat([Uint8Array.from(leb(count)), ...parts]);
}

export function name(text: string): number[] {
  const bytes = new TextEncoder().encode(text);
  return [...leb(bytes.length), ...bytes];
}
