/** Tables, and calls through them. */
import type { Behaviour } from "./behaviour.ts";

export const TABLES: readonly Behaviour[] = [
  {
    name: "call_indirect: types are equal by structure, and null, absent and of another type trap",
    section: "4.4.8 call_indirect",
    fields: `
      (memory 1) (table 5 6 funcref) (elem (i32.const 0) $add $sub $wide $nothing)
      (type $a (func (param i32 i32) (result i32))) (type $b (func (param i32 i32) (result i32)))
      (type $c (func (param i64 i64) (result i64))) (type $d (func))
      (func $add (type $a) (i32.add (local.get 0) (local.get 1)))
      (func $sub (type $b) (i32.sub (local.get 0) (local.get 1)))
      (func $wide (type $c) (i64.mul (local.get 0) (local.get 1)))
      (func $nothing (type $d))
      (func (export "ab") (param i32) (result i32) (call_indirect (type $b) (i32.const 7) (i32.const 3) (local.get 0)))
      (func (export "c") (param i32) (result i64) (call_indirect (type $c) (i64.const 0x100000001) (i64.const 3) (local.get 0)))
      (func (export "d") (param i32) (result i32) (call_indirect (type $d) (local.get 0)) (i32.const 1))`,
    cases: `
      ab(0) -> 10, ab(1) -> 4, ab(2) -> trap: table, ab(3) -> trap: table, ab(4) -> trap: table, ab(5) -> trap: table, ab(6) -> trap: table, ab(-1) -> trap: table,
      ab(0x80000000) -> trap: table, c(2) -> 0x300000003, c(0) -> trap: table, d(3) -> 1, d(4) -> trap: table, d(0) -> trap: table`,
  },
  {
    name: "call_indirect in a module of more than 256 types",
    section: "4.4.8 call_indirect",
    fields: `
      (memory 1) (table 3 funcref) (elem (i32.const 0) $last $first)
      ${manyTypes(300)}
      (func $first (type $t0) (i32.const 1))
      (func $last (type $t256) (i32.const 2))
      (func (export "right") (result i32) (call_indirect (type $t256) ${"(i64.const 0)".repeat(8)} (i32.const 0)))
      (func (export "wrong") (param i32) (result i32) (call_indirect (type $t0) (local.get 0)))`,
    cases: "right() -> 2, wrong(1) -> 1, wrong(0) -> trap: table, wrong(2) -> trap: table",
  },
  {
    name: "a table without elements, from a segment without any",
    section: "4.5.4 Instantiation",
    fields: `
      (memory 1) (table 4 funcref) (elem (i32.const 0)) (type $v (func))
      (func (export "call") (param i32) (result i32) (call_indirect (type $v) (local.get 0)) (i32.const 1))`,
    cases: "call(0) -> trap: table, call(3) -> trap: table, call(4) -> trap: table",
  },
  {
    name: "tables that change: table.get, set, size, grow, fill, copy, init, elem.drop",
    section: "4.4.6 Table Instructions",
    features: "all",
    fields: `
      (memory 1) (table $t 3 5 funcref) (elem (table $t) (i32.const 0) func $one $two) (elem $more func $two $one $two)
      (type $v (func (result i32)))
      (func $one (type $v) (i32.const 1)) (func $two (type $v) (i32.const 2))
      (func (export "call") (param i32) (result i32) (call_indirect $t (type $v) (local.get 0)))
      (func (export "null") (param i32) (result i32) (ref.is_null (table.get $t (local.get 0))))
      (func (export "set") (param i32 i32) (result i32) (table.set $t (local.get 0) (table.get $t (local.get 1))) (i32.const 1))
      (func (export "size") (result i32) (table.size $t))
      (func (export "grow") (param i32) (result i32) (table.grow $t (ref.func $two) (local.get 0)))
      (func (export "fill") (param i32 i32) (result i32) (table.fill $t (local.get 0) (ref.null func) (local.get 1)) (i32.const 1))
      (func (export "copy") (param i32 i32 i32) (result i32) (table.copy $t $t (local.get 0) (local.get 1) (local.get 2)) (i32.const 1))
      (func (export "init") (param i32 i32 i32) (result i32) (table.init $t $more (local.get 0) (local.get 1) (local.get 2)) (i32.const 1))
      (func (export "drop") (result i32) (elem.drop $more) (i32.const 1))`,
    cases: `
      size() -> 3, call(0) -> 1, null(2) -> 1, null(3) -> trap: table, set(2 1) -> 1, call(2) -> 2, grow(1) -> 3, size() -> 4, call(3) -> 2, grow(2) -> -1,
      size() -> 4, copy(1 0 2) -> 1, call(1) -> 1, call(2) -> 2, copy(3 0 2) -> trap: table, fill(0 2) -> 1, call(0) -> trap: table, fill(3 2) -> trap: table,
      init(0 1 2) -> 1, call(0) -> 1, call(1) -> 2, init(3 0 2) -> trap: table, init(0 2 2) -> trap: table, drop() -> 1, init(0 0 0) -> 1, init(0 0 1) -> trap: table,
      set(9 0) -> trap: table`,
  },
];

/** Types of which no two are equal: () -> i32, and those with every row of eight i32 or i64; number 256 has i64 only. */
function manyTypes(count: number): string {
  return Array.from({ length: count }, (_, i) => {
    const row = Array.from({ length: 8 }, (_, bit) => ((i - 1) & (1 << bit) ? "i64" : "i32")).join(" ");
    const params = i === 0 ? "" : `(param ${row}${i > 256 ? " f32" : ""})`;
    return `(type $t${i} (func ${params} (result i32)))`;
  }).join("\n");
}
