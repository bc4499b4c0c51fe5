/** Blocks, branches, and what lies on the stack meanwhile. */
import type { Behaviour } from "./behaviour.ts";

export const CONTROL: readonly Behaviour[] = [
  {
    name: "br_table within and out of its labels; blocks, loops and values on the way out",
    section: "4.4.9 Control Instructions",
    fields: `
      (memory 1)
      (func (export "table") (param i32) (result i32)
        (block (block (block (br_table 0 1 2 1 (local.get 0))) (return (i32.const 10))) (return (i32.const 11))) (i32.const 12))
      (func (export "value") (param i32) (result i32)
        (i32.add (i32.const 1000)
          (block $o (result i32) (i32.add (i32.const 100) (block $i (result i32) (br_table $i $o $i (i32.const 7) (local.get 0)))))))
      (func (export "loop") (param i32) (result i64) (local i64)
        (loop $l (local.set 1 (i64.add (local.get 1) (i64.extend_i32_u (local.get 0))))
          (br_if $l (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
        (local.get 1))
      (func (export "dead") (param i32) (result i32)
        (block (br_if 0 (local.get 0)) (return (i32.const 5)) (unreachable)) (if (i32.eq (local.get 0) (i32.const 2)) (then unreachable)) (i32.const 6))
      (func (export "zero") (result i64) (local i32 i64 f32 f64)
        (i64.add (i64.add (local.get 1) (i64.extend_i32_u (local.get 0))) (i64.add (i64.reinterpret_f64 (local.get 3)) (i64.extend_i32_u (i32.reinterpret_f32 (local.get 2))))))`,
    cases: `
      table(0) -> 10, table(1) -> 11, table(2) -> 12, table(3) -> 11, table(4) -> 11, table(-1) -> 11, table(0x80000000) -> 11,
      value(0) -> 1107, value(1) -> 1007, value(2) -> 1107, value(-1) -> 1107, loop(5) -> 15, loop(1) -> 1, dead(0) -> 5, dead(1) -> 6, dead(2) -> trap: unreachable, zero() -> 0`,
  },
  {
    name: "a branch takes a float with it, and leaves behind what lies under it",
    section: "4.4.9 br_if",
    fields: `
      (memory 1)
      (func (export "one") (param i32) (result i64)
        (i64.reinterpret_f64 (f64.add (f64.const 10)
          (block (result f64) (i32.const 7) (br_if 0 (f64.const 1.5) (local.get 0)) (drop) (drop) (f64.const 2.5)))))
      (func (export "loops") (param i32) (result i32)
        (i32.reinterpret_f32 (f32.sub (f32.const 100)
          (block $out (result f32) (i64.const 3)
            (loop (result f32) (i32.const 5)
              (loop (result f32) (f32.const 0.25) (br_if $out (local.get 0)) (drop) (br $out (f32.const 0.5))) (br $out))
            (drop) (drop) (f32.const 1)))))`,
    cases: "one(0) -> 0x4029000000000000, one(1) -> 0x4027000000000000, loops(0) -> 0x42c70000, loops(1) -> 0x42c78000",
  },
  {
    name: "parameters of blocks that are the same local",
    section: "4.4.8",
    fields: `
      (memory 1)
      (func (export "below") (param i32) (result i32) (local i32)
        (local.get 0) (local.get 0)
        (loop (param i32) (result i32) (i32.const 1) (i32.add) (local.tee 1) (local.get 1) (i32.const 10) (i32.lt_s) (br_if 0))
        (i32.mul))
      (func (export "two") (param i32) (result i32) (local i32)
        (local.get 0) (local.get 0)
        (loop (param i32 i32) (result i32 i32)
          (i32.const 1) (i32.add) (local.tee 1) (local.get 1) (i32.const 10) (i32.lt_s) (br_if 0))
        (i32.mul))
      (func (export "wide") (param i64 i32) (result i64)
        (local.get 0) (local.get 0) (local.get 0)
        (if (param i64) (result i64) (local.get 1)
          (then (i64.const 1) (i64.add) (i64.const 9) (local.get 0) (i64.mul) (i64.add))
          (else (i64.const 2) (i64.mul) (i64.const 7) (i64.const 8) (i64.mul) (i64.add)))
        (i64.mul) (i64.sub))
      (func (export "block") (param i32) (result i32)
        (f64.convert_i32_s (local.get 0)) (local.get 0) (local.get 0)
        (block (param f64 i32 i32) (result f64 i32)
          (i32.const 3) (i32.mul) (i32.add) (br_if 0 (f64.const 4) (i32.const 5) (i32.const 0)) (drop) (drop))
        (f64.convert_i32_s) (f64.sub) (i32.trunc_f64_s))`,
    cases: "below(5) -> 50, two(5) -> 50, wide(4 1) -> -160, wide(4 0) -> -252, block(3) -> -9",
  },
  {
    name: "a float waits on the stack while a branch takes another with it, or does not",
    section: "4.4.8",
    fields: `
      (memory 1)
      (func (export "block") (param i32) (result i32)
        (i32.trunc_f64_s
          (block (result f64) (f64.sub (f64.add (f64.const 40) (f64.const 2)) (br_if 0 (f64.const 5) (local.get 0))))))
      (func $return (param i32) (result f32)
        (f32.sub (f32.add (f32.const 40) (f32.const 2)) (br_if 0 (f32.const 5) (local.get 0))))
      (func (export "return") (param i32) (result i32) (i32.trunc_f32_s (call $return (local.get 0))))
      (func (export "loop") (param i32) (result i32)
        (f64.const 0)
        (i32.trunc_f64_s
          (f64.add
            (loop (param f64) (result f64)
              (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
              (f64.add (f64.const 1))
              (f64.neg (f64.const 3)) (f64.const 10) (br_if 0 (local.get 0)) (f64.add) (f64.add))
            (f64.const 100))))
      (func (export "table") (param i32) (result i32)
        (i32.trunc_f64_s (f64.sub
          (block $b (result f64 f64)
            (block $a (result f64 f64) (br_table $a $b (f64.add (f64.const 40) (f64.const 2)) (f64.const 5) (local.get 0)))
            (f64.const 100) (f64.add)))))
      (func (export "index") (param i32 i32) (result i32)
        (i32.trunc_f64_s (f64.sub
          (block $b (result f64 f64)
            (block $a (result f64 f64)
              (br_table $a $b (f64.add (f64.const 40) (f64.const 2)) (f64.const 5) (i32.shr_u (local.get 0) (local.get 1))))
            (f64.const 100) (f64.add)))))`,
    cases:
      "index(0 1) -> -63, index(2 1) -> 37, index(9 0) -> 37, block(0) -> 37, block(1) -> 5, return(0) -> 37, return(1) -> 5, loop(1) -> 108, loop(2) -> 118, table(0) -> -63, table(1) -> 37, table(9) -> 37",
  },
  {
    name: "a local of 64 bits lies on the stack twice while blocks begin and it changes",
    section: "4.4.4 local.get, 4.4.9 Blocks",
    fields: `
      (memory 1)
      (func (export "choose") (param i64 i32) (result i64)
        (if (result i64) (local.get 1)
          (then (i64.const 182))
          (else (local.get 0) (local.get 0) (block) (i64.add))))
      (func (export "four") (param i64 i32) (result i64) (local i64)
        (local.get 0) (local.get 0)
        (if (local.get 1) (then (local.set 2 (i64.const 1000))) (else (local.set 2 (i64.const 2000))))
        (local.set 0 (i64.const 7))
        (i64.mul) (local.get 0) (i64.add) (local.get 2) (i64.add))
      (func (export "floats") (param i64 i32) (result i64) (local f64)
        (local.set 2 (f64.convert_i64_s (local.get 0)))
        (i64.trunc_f64_s (f64.add
          (if (result f64) (local.get 1)
            (then (local.get 2) (local.get 2) (local.get 2) (block) (f64.mul) (f64.sub))
            (else (local.get 2) (local.get 2) (loop) (f64.mul)))
          (local.get 2))))`,
    cases: `
      choose(5 1) -> 182, choose(5 0) -> 10, choose(0x7fffffffffffffff 0) -> -2, four(5 1) -> 1032, four(0x100000001 0) -> 0x2000007d8,
      floats(3 0) -> 12, floats(3 1) -> -3`,
  },
  {
    name: "code that never runs changes nothing",
    section: "3.4.12 Instruction Sequences (stack-polymorphic)",
    fields: `
      (memory 1)
      (func $many (param f64 f64 f32 f32 f64 f32 i32) (result i32) (i32.const 1))
      (func (export "compare") (param i32) (result f32)
        (block (result f32) (br_if 0 (f32.const 1) (local.get 0)) (drop)
          (drop (f32.eq (unreachable) (block (result f32) (nop) (unreachable)))) (f32.const 2)))
      (func (export "convert") (param i32) (result i32) (local f64)
        (i32.reinterpret_f32 (f32.convert_i64_u
          (if (result i64) (local.get 0) (then (i64.const 182))
            (else
              (drop (call $many (local.get 1) (local.get 1) (if (result f32) (i32.const 1) (then (unreachable)) (else (unreachable)))
                (unreachable) (nop) (nop) (nop)))
              (unreachable))))))`,
    cases: `
      convert(1) -> 0x43360000, convert(0) -> trap: unreachable, compare(1) -> 0x3f800000, compare(0) -> trap: unreachable`,
  },
  {
    name: "operands are computed in their order, and what traps first traps",
    section: "4.4 Instructions",
    fields: `
      (memory 1) (global $g (mut i32) (i32.const 0))
      (func $next (result i32) (global.set $g (i32.add (global.get $g) (i32.const 1))) (global.get $g))
      (func (export "order") (result i32) (global.set $g (i32.const 0))
        (i32.sub (i32.mul (call $next) (i32.const 100)) (i32.add (i32.mul (call $next) (i32.const 10)) (call $next))))
      (func (export "old") (result i32) (local i32) (local.set 0 (i32.const 5)) (i32.sub (local.get 0) (local.tee 0 (i32.const 3))))
      (func (export "oldglobal") (result i32) (global.set $g (i32.const 7)) (i32.sub (global.get $g) (call $next)))
      (func (export "oldmemory") (result i32) (i32.store (i32.const 64) (i32.const 9))
        (i32.load (i32.const 64)) (i32.store (i32.const 64) (i32.const 4)) (i32.load (i32.const 64)) (i32.sub))
      (func (export "first") (param i32 i32) (result i32) (i32.add (i32.div_s (i32.const 1) (local.get 0)) (i32.load (local.get 1))))
      (func (export "either") (param i32 i32) (result i32) (select (i32.div_s (i32.const 1) (local.get 0)) (i32.const 7) (local.get 1)))`,
    cases: `
      order() -> 77, old() -> 2, oldglobal() -> -1, oldmemory() -> 5, first(0 -1) -> trap: divide, first(1 -1) -> trap: memory, first(0 0) -> trap: divide,
      either(0 0) -> trap: divide, either(1 0) -> 7`,
  },
  {
    name: "several results, of functions and of blocks",
    section: "2.3.5 Result Types, 4.4.9 Control Instructions",
    fields: `
      (memory 1)
      (func $swap (param i32 i64) (result i64 i32) (local.get 1) (local.get 0))
      (func (export "swap") (param i32 i64) (result i64) (local i32)
        (call $swap (local.get 0) (local.get 1)) (local.set 2) (i64.sub (i64.extend_i32_u (local.get 2))))
      (func $six (result i32) (i32.const 6))
      (func $five (param f32 i32) (result f64 f32 f32 i32 i32)
        (block (result f64 f32 f32 i32 i32)
          (if (result f64) (local.get 1) (then (unreachable)) (else (f64.const 1))) (local.get 0) (f32.const 7) (call $six)
          (if (result i32) (local.get 1) (then (unreachable)) (else (i32.const 5)))))
      (func (export "five") (param i32) (result i32) (local i32 i32 f32 f32)
        (call $five (f32.const 4) (local.get 0)) (local.set 1) (local.set 2) (local.set 3) (local.set 4) (drop)
        (i32.add (i32.add (i32.mul (local.get 1) (i32.const 1000)) (i32.mul (local.get 2) (i32.const 100)))
          (i32.trunc_f32_s (f32.add (f32.mul (local.get 3) (f32.const 10)) (local.get 4)))))
      (func (export "block") (param i32) (result i32)
        (block (result i32 i32) (i32.const 30) (i32.const 4) (br_if 0 (local.get 0)) (drop) (drop) (i32.const 7) (i32.const 5)) (i32.sub))
      (func (export "loop") (param i32) (result i32) (i32.const 1) (local.get 0)
        (loop (param i32 i32) (result i32) (local.set 0) (i32.mul (i32.const 2)) (local.tee 0 (i32.sub (local.get 0) (i32.const 1))) (br_if 0 (local.get 0)) (drop)))
      (func (export "if") (param i32) (result i32)
        (if (result i32 i32) (local.get 0) (then (i32.const 1) (i32.const 2)) (else (i32.const 3) (i32.const 5))) (i32.sub))`,
    cases:
      "five(0) -> 5674, five(1) -> trap: unreachable, swap(3 10) -> 7, block(0) -> 2, block(1) -> 26, loop(4) -> 16, if(0) -> -2, if(1) -> -1",
  },
];
