/**
 * The instructions of Wasm 2.0 without SIMD (WebAssembly Core Specification 2.0, 5.4), as a table: opcode → the immediates that follow it.
 * Opcodes of other proposals have a name instead, so that a module that uses one is refused in words.
 */
export type Immediate =
  | "block" // s33: empty, a value type, or a type index
  | "u32"
  | "s32"
  | "s64"
  | "f32"
  | "f64"
  | "memarg" // alignment and offset
  | "memory" // a memory index, one byte 0
  | "labels" // br_table: vector of labels and the default
  | "types"; // select t*

const NONE: readonly Immediate[] = [];

function range(first: number, last: number, immediates: readonly Immediate[]): [number, readonly Immediate[]][] {
  return Array.from({ length: last - first + 1 }, (_, i) => [first + i, immediates]);
}

export const OPCODES: ReadonlyMap<number, readonly Immediate[]> = new Map([
  ...range(0x00, 0x01, NONE), // unreachable, nop
  ...range(0x02, 0x04, ["block"]), // block, loop, if
  ...range(0x05, 0x05, NONE), // else
  ...range(0x0b, 0x0b, NONE), // end
  ...range(0x0c, 0x0d, ["u32"]), // br, br_if
  ...range(0x0e, 0x0e, ["labels"]),
  ...range(0x0f, 0x0f, NONE), // return
  ...range(0x10, 0x10, ["u32"]), // call
  ...range(0x11, 0x11, ["u32", "u32"]), // call_indirect
  ...range(0x1a, 0x1b, NONE), // drop, select
  ...range(0x1c, 0x1c, ["types"]),
  ...range(0x20, 0x26, ["u32"]), // local.*, global.*, table.get, table.set
  ...range(0x28, 0x3e, ["memarg"]), // loads and stores
  ...range(0x3f, 0x40, ["memory"]), // memory.size, memory.grow
  ...range(0x41, 0x41, ["s32"]),
  ...range(0x42, 0x42, ["s64"]),
  ...range(0x43, 0x43, ["f32"]),
  ...range(0x44, 0x44, ["f64"]),
  ...range(0x45, 0xc4, NONE), // numeric, sign extension
  ...range(0xd0, 0xd0, ["u32"]), // ref.null
  ...range(0xd1, 0xd1, NONE), // ref.is_null
  ...range(0xd2, 0xd2, ["u32"]), // ref.func
]);

/** Second opcodes after the prefix 0xfc. */
export const OPCODES_FC: ReadonlyMap<number, readonly Immediate[]> = new Map([
  ...range(0, 7, NONE), // saturating truncation
  ...range(8, 8, ["u32", "memory"]), // memory.init
  ...range(9, 9, ["u32"]), // data.drop
  ...range(10, 10, ["memory", "memory"]), // memory.copy
  ...range(11, 11, ["memory"]), // memory.fill
  ...range(12, 12, ["u32", "u32"]), // table.init
  ...range(13, 13, ["u32"]), // elem.drop
  ...range(14, 14, ["u32", "u32"]), // table.copy
  ...range(15, 17, ["u32"]), // table.grow, table.size, table.fill
]);

/** Names of what is refused, by first opcode. */
export const REFUSED: ReadonlyMap<number, string> = new Map([
  [0x06, "exception handling"],
  [0x07, "exception handling"],
  [0x08, "exception handling"],
  [0x09, "exception handling"],
  [0x0a, "exception handling"],
  [0x12, "tail calls"],
  [0x13, "tail calls"],
  [0x14, "typed function references"],
  [0x15, "typed function references"],
  [0x18, "exception handling"],
  [0x19, "exception handling"],
  [0x1f, "exception handling"],
  [0xd3, "garbage collection"],
  [0xd4, "typed function references"],
  [0xd5, "typed function references"],
  [0xd6, "typed function references"],
  [0xfb, "garbage collection"],
  [0xfd, "SIMD"],
  [0xfe, "threads and atomics"],
]);
