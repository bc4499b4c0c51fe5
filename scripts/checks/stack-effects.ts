/** How many operands an instruction takes and gives (Core Specification 2.0, 3.3), for those whose count is fixed; control and calls are not here. */

/** [operands, results] */
export type Effect = readonly [takes: number, gives: number];

const UNARY: Effect = [1, 1];
const BINARY: Effect = [2, 1];

function range(first: number, last: number, effect: Effect): [number, Effect][] {
  return Array.from({ length: last - first + 1 }, (_, i) => [first + i, effect]);
}

export const EFFECTS: ReadonlyMap<number, Effect> = new Map([
  ...range(0x01, 0x01, [0, 0]), // nop
  ...range(0x1a, 0x1a, [1, 0]), // drop
  ...range(0x1b, 0x1c, [3, 1]), // select
  ...range(0x25, 0x25, UNARY), // table.get
  ...range(0x26, 0x26, [2, 0]), // table.set
  ...range(0x28, 0x35, UNARY), // loads
  ...range(0x36, 0x3e, [2, 0]), // stores
  ...range(0x3f, 0x3f, [0, 1]), // memory.size
  ...range(0x40, 0x40, UNARY), // memory.grow
  ...range(0x41, 0x44, [0, 1]), // constants
  ...range(0x45, 0x45, UNARY), // i32.eqz
  ...range(0x46, 0x4f, BINARY),
  ...range(0x50, 0x50, UNARY), // i64.eqz
  ...range(0x51, 0x66, BINARY), // comparisons
  ...range(0x67, 0x69, UNARY),
  ...range(0x6a, 0x78, BINARY), // i32 arithmetic
  ...range(0x79, 0x7b, UNARY),
  ...range(0x7c, 0x8a, BINARY), // i64 arithmetic
  ...range(0x8b, 0x91, UNARY),
  ...range(0x92, 0x98, BINARY), // f32 arithmetic
  ...range(0x99, 0x9f, UNARY),
  ...range(0xa0, 0xa6, BINARY), // f64 arithmetic
  ...range(0xa7, 0xc4, UNARY), // conversions, sign extension
  ...range(0xd0, 0xd0, [0, 1]), // ref.null
  ...range(0xd1, 0xd1, UNARY), // ref.is_null
  ...range(0xd2, 0xd2, [0, 1]), // ref.func
  ...range(0xfc00, 0xfc07, UNARY), // saturating truncation
  ...range(0xfc08, 0xfc08, [3, 0]), // memory.init
  ...range(0xfc09, 0xfc09, [0, 0]), // data.drop
  ...range(0xfc0a, 0xfc0c, [3, 0]), // memory.copy, memory.fill, table.init
  ...range(0xfc0d, 0xfc0d, [0, 0]), // elem.drop
  ...range(0xfc0e, 0xfc0e, [3, 0]), // table.copy
  ...range(0xfc0f, 0xfc0f, [2, 1]), // table.grow
  ...range(0xfc10, 0xfc10, [0, 1]), // table.size
  ...range(0xfc11, 0xfc11, [3, 0]), // table.fill
]);
