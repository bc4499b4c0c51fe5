/** What values pass through, and what becomes of them there: nothing. */
import type { Behaviour } from "./behaviour.ts";

const SNAN32 = "0x7fa00000";
const SNAN64 = "0x7ff4000000000000";

/** A NaN that signals goes through each of these unchanged. */
const PASSING = `
  (memory 1) (table 4 funcref) (elem (i32.const 0) $same32 $same64 $other32 $other64)
  (type $to32 (func (param f32) (result f32))) (type $to64 (func (param f64) (result f64)))
  (global $g32 (mut f32) (f32.const 0)) (global $g64 (mut f64) (f64.const 0))
  (func $same32 (type $to32) (local.get 0))
  (func $same64 (type $to64) (local.get 0))
  (func $other32 (type $to32) (f32.copysign (local.get 0) (f32.const -1)))
  (func $other64 (type $to64) (f64.copysign (local.get 0) (f64.const -1)))
  (func $deep32 (param i32 f32) (result f32)
    (if (result f32) (local.get 0) (then (call $deep32 (i32.sub (local.get 0) (i32.const 1)) (local.get 1))) (else (local.get 1))))
  (func $deep64 (param i32 f64) (result f64)
    (if (result f64) (local.get 0) (then (call $deep64 (i32.sub (local.get 0) (i32.const 1)) (local.get 1))) (else (local.get 1))))
  (func $many64 (param f64 f64 f64 f64 f64 f64 f64 f64 f64 f64) (result f64)
    (select (local.get 9) (local.get 0) (f64.lt (local.get 1) (local.get 2))))
  (func (export "call32") (param i32) (result i32) (i32.reinterpret_f32 (call $same32 (f32.reinterpret_i32 (local.get 0)))))
  (func (export "call64") (param i64) (result i64) (i64.reinterpret_f64 (call $same64 (f64.reinterpret_i64 (local.get 0)))))
  (func (export "indirect32") (param i32 i32) (result i32)
    (i32.reinterpret_f32 (call_indirect (type $to32) (f32.reinterpret_i32 (local.get 0)) (local.get 1))))
  (func (export "indirect64") (param i64 i32) (result i64)
    (i64.reinterpret_f64 (call_indirect (type $to64) (f64.reinterpret_i64 (local.get 0)) (local.get 1))))
  (func (export "deep32") (param i32) (result i32) (i32.reinterpret_f32 (call $deep32 (i32.const 5) (f32.reinterpret_i32 (local.get 0)))))
  (func (export "deep64") (param i64) (result i64) (i64.reinterpret_f64 (call $deep64 (i32.const 5) (f64.reinterpret_i64 (local.get 0)))))
  (func (export "many64") (param i64) (result i64)
    (i64.reinterpret_f64 (call $many64 (f64.const 0) (f64.const 1) (f64.const 2) (f64.const 3) (f64.const 4) (f64.const 5) (f64.const 6)
      (f64.const 7) (f64.const 8) (f64.reinterpret_i64 (local.get 0)))))
  (func (export "global32") (param i32) (result i32)
    (global.set $g32 (f32.reinterpret_i32 (local.get 0))) (i32.reinterpret_f32 (global.get $g32)))
  (func (export "global64") (param i64) (result i64)
    (global.set $g64 (f64.reinterpret_i64 (local.get 0))) (i64.reinterpret_f64 (global.get $g64)))
  (func (export "memory32") (param i32) (result i32)
    (f32.store (i32.const 9) (f32.reinterpret_i32 (local.get 0))) (f32.store (i32.const 21) (f32.load (i32.const 9))) (i32.load (i32.const 21)))
  (func (export "memory64") (param i64) (result i64)
    (f64.store (i32.const 9) (f64.reinterpret_i64 (local.get 0))) (f64.store (i32.const 21) (f64.load (i32.const 9))) (i64.load (i32.const 21)))
  (func (export "select32") (param i32 i32) (result i32)
    (i32.reinterpret_f32 (select (f32.reinterpret_i32 (local.get 0)) (f32.const 1) (local.get 1))))
  (func (export "block64") (param i64 i32) (result i64)
    (i64.reinterpret_f64 (block (result f64) (br_if 0 (f64.reinterpret_i64 (local.get 0)) (local.get 1)) (drop) (f64.const 1))))
  (func (export "signs32") (param i32) (result i32)
    (i32.reinterpret_f32 (f32.neg (f32.abs (f32.copysign (f32.reinterpret_i32 (local.get 0)) (f32.const -1))))))
  (func (export "signs64") (param i64) (result i64)
    (i64.reinterpret_f64 (f64.copysign (f64.abs (f64.neg (f64.reinterpret_i64 (local.get 0)))) (f64.const -1))))`;

export const PASSING_ON: readonly Behaviour[] = [
  {
    name: "NaNs that signal pass through calls, globals, memory and select unchanged",
    section: "4.3.3 Floating-Point Operations, 4.4.4 Variable Instructions, 4.4.10 Function Calls",
    fields: PASSING,
    cases: `
      call32(${SNAN32}) -> ${SNAN32}, call64(${SNAN64}) -> ${SNAN64}, indirect32(${SNAN32} 0) -> ${SNAN32}, indirect64(${SNAN64} 1) -> ${SNAN64},
      indirect32(${SNAN32} 2) -> 0xffa00000, indirect64(${SNAN64} 3) -> 0xfff4000000000000, indirect64(${SNAN64} 2) -> trap: table,
      deep32(${SNAN32}) -> ${SNAN32}, deep64(${SNAN64}) -> ${SNAN64}, many64(${SNAN64}) -> ${SNAN64}, global32(${SNAN32}) -> ${SNAN32},
      global64(${SNAN64}) -> ${SNAN64}, memory32(${SNAN32}) -> ${SNAN32}, memory64(${SNAN64}) -> ${SNAN64}, select32(${SNAN32} 1) -> ${SNAN32},
      block64(${SNAN64} 1) -> ${SNAN64}, signs32(${SNAN32}) -> 0xffa00000, signs64(${SNAN64}) -> 0xfff4000000000000, call32(0xff800001) -> 0xff800001`,
  },
];
