/**
 * What is not one numeric instruction: memory, calls, control, and where values pass through. A module each; "export(arguments) -> result" with
 * integers, or "trap: KIND". All have one page of memory.
 */
import type { Subject } from "../fuzz/subject.ts";

export interface Behaviour {
  readonly name: string;
  /** Of the WebAssembly Core Specification 2.0. */
  readonly section: string;
  /** Fields of the module, in the text format. */
  readonly fields: string;
  readonly cases: string;
  /** Needs what wasm3 lacks. */
  readonly features?: Subject["features"];
}

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

export const BEHAVIOURS: readonly Behaviour[] = [
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
  {
    name: "accesses need no alignment and end with the memory",
    section: "4.4.7 Memory Instructions",
    fields: `
      (memory 1) (data (i32.const 65528) "\\01\\82\\03\\84\\05\\86\\07\\88")
      (func (export "load8") (param i32) (result i32) (i32.load8_u (local.get 0)))
      (func (export "load8s") (param i32) (result i64) (i64.load8_s (local.get 0)))
      (func (export "load16s") (param i32) (result i32) (i32.load16_s (local.get 0)))
      (func (export "load32") (param i32) (result i32) (i32.load (local.get 0)))
      (func (export "load32s") (param i32) (result i64) (i64.load32_s (local.get 0)))
      (func (export "load32u") (param i32) (result i64) (i64.load32_u (local.get 0)))
      (func (export "load64") (param i32) (result i64) (i64.load (local.get 0)))
      (func (export "near") (param i32) (result i32) (i32.load8_u offset=65535 (local.get 0)))
      (func (export "far") (param i32) (result i32) (i32.load8_u offset=0xffffffff (local.get 0)))
      (func (export "middle") (param i32) (result i32) (i32.load offset=0x80000000 (local.get 0)))
      (func (export "unused") (param i32) (result i32) (drop (i32.load (local.get 0))) (i32.const 1))
      (func (export "unusedf") (param i32) (result i32) (drop (f64.load (local.get 0))) (i32.const 1))
      (func (export "store8") (param i32) (result i32) (i32.store8 (local.get 0) (i32.const 0x1ff)) (i32.load8_u (local.get 0)))
      (func (export "store16") (param i32) (result i32) (i32.store16 (local.get 0) (i32.const 0x12345)) (i32.load16_u (local.get 0)))
      (func (export "store32") (param i32) (result i64) (i64.store32 (local.get 0) (i64.const 0x123456789)) (i64.load32_u (local.get 0)))
      (func (export "store64") (param i32) (result i64) (i64.store (local.get 0) (i64.const -2)) (i64.load (local.get 0)))
      (func (export "storef") (param i32) (result i64) (f64.store (local.get 0) (f64.const -1)) (i64.load (local.get 0)))
      (func (export "overlap") (result i64)
        (i64.store (i32.const 101) (i64.const 0x0807060504030201)) (i32.store (i32.const 103) (i32.const -1)) (i64.load (i32.const 101)))
      (func (export "kinds") (result i32) (f32.store (i32.const 200) (f32.const 1)) (i32.store8 (i32.const 203) (i32.const 0xbf)) (i32.load (i32.const 200)))`,
    cases: `
      load8(65535) -> 136, load8(65536) -> trap: memory, load8(-1) -> trap: memory, load8(0x80000000) -> trap: memory,
      load8s(65535) -> 0xffffffffffffff88, load16s(65534) -> 0xffff8807, load16s(65535) -> trap: memory, load16s(65533) -> 0x0786,
      load32(65532) -> 0x88078605, load32(65533) -> trap: memory, load32(65534) -> trap: memory, load32(65529) -> 0x05840382, load32(-4) -> trap: memory,
      load32s(65532) -> 0xffffffff88078605, load32u(65532) -> 0x88078605, load64(65528) -> 0x8807860584038201, load64(65529) -> trap: memory,
      load64(65535) -> trap: memory, load64(-8) -> trap: memory, near(0) -> 136, near(1) -> trap: memory, near(-65535) -> trap: memory,
      near(-1) -> trap: memory, far(0) -> trap: memory, far(1) -> trap: memory, far(-1) -> trap: memory, far(65536) -> trap: memory,
      middle(0) -> trap: memory, middle(0x80000000) -> trap: memory, middle(-1) -> trap: memory,
      unused(65532) -> 1, unused(65533) -> trap: memory, unused(-1) -> trap: memory, unusedf(65529) -> trap: memory, unusedf(65528) -> 1,
      store8(65535) -> 255, store8(65536) -> trap: memory, store16(65534) -> 0x2345, store16(65535) -> trap: memory, store32(65531) -> 0x23456789,
      store32(65533) -> trap: memory, store64(65527) -> 0xfffffffffffffffe, store64(65529) -> trap: memory, store64(-1) -> trap: memory,
      storef(65527) -> 0xbff0000000000000, storef(65530) -> trap: memory, overlap() -> 0x0807ffffffff0201, kinds() -> 0xbf800000`,
  },
  {
    name: "memory.size and memory.grow of a memory that may not grow",
    section: "4.4.7 memory.size, memory.grow",
    fields: `
      (memory 1 1)
      (func (export "size") (result i32) (memory.size))
      (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))`,
    cases:
      "size() -> 1, grow(0) -> 1, grow(1) -> -1, grow(65535) -> -1, grow(65536) -> -1, grow(-1) -> -1, size() -> 1",
  },
  {
    name: "memory.copy of overlapping pieces, memory.fill, and where they end",
    section: "4.4.7 memory.copy, memory.fill",
    fields: `
      (memory 1)
      (func $set (i64.store (i32.const 1000) (i64.const 0x0807060504030201)) (i64.store (i32.const 1008) (i64.const 0x100f0e0d0c0b0a09)))
      (func (export "copy") (param i32 i32 i32) (result i64)
        (call $set) (memory.copy (local.get 0) (local.get 1) (local.get 2)) (i64.load (i32.const 1004)))
      (func (export "fill") (param i32 i32 i32) (result i64)
        (call $set) (memory.fill (local.get 0) (local.get 1) (local.get 2)) (i64.load (i32.const 1004)))
      (func (export "up") (result i64) (call $set) (memory.copy (i32.const 1002) (i32.const 1000) (i32.const 11)) (i64.load (i32.const 1004)))
      (func (export "down") (result i64) (call $set) (memory.copy (i32.const 1000) (i32.const 1003) (i32.const 11)) (i64.load (i32.const 1004)))`,
    cases: `
      copy(1001 1000 12) -> 0x0b0a090807060504, copy(1000 1001 15) -> 0x0d0c0b0a09080706, copy(1008 1000 8) -> 0x0403020108070605, copy(0 0 0) -> 0x0c0b0a0908070605,
      copy(65536 0 0) -> 0x0c0b0a0908070605, copy(0 65536 0) -> 0x0c0b0a0908070605, copy(65537 0 0) -> trap: memory, copy(0 65537 0) -> trap: memory,
      copy(65535 0 2) -> trap: memory, copy(0 65535 2) -> trap: memory, copy(0 0 65537) -> trap: memory, copy(-1 0 2) -> trap: memory, copy(0 -1 -1) -> trap: memory,
      fill(1004 0x1ab 3) -> 0x0c0b0a0908ababab, fill(1004 -1 8) -> -1, fill(65536 1 0) -> 0x0c0b0a0908070605, fill(65537 1 0) -> trap: memory,
      fill(65535 1 2) -> trap: memory, fill(0 1 65537) -> trap: memory, fill(-1 1 2) -> trap: memory, up() -> 0x0a09080706050403, down() -> 0x0c0e0d0c0b0a0908`,
  },
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
    name: "memory.init, data.drop, and active segments, which count as dropped",
    section: "4.4.7 memory.init, data.drop",
    features: "all",
    fields: `
      (memory 1) (data $passive "abcdef") (data $active (i32.const 16) "xyz")
      (func (export "init") (param i32 i32 i32) (result i32) (memory.init $passive (local.get 0) (local.get 1) (local.get 2)) (i32.load (i32.const 32)))
      (func (export "active") (param i32) (result i32) (memory.init $active (i32.const 0) (i32.const 0) (local.get 0)) (i32.load8_u (i32.const 17)))
      (func (export "drop") (result i32) (data.drop $passive) (data.drop $passive) (data.drop $active) (i32.const 1))`,
    cases: `
      init(32 1 4) -> 0x65646362, init(32 6 0) -> 0x65646362, init(32 7 0) -> trap: memory, init(32 3 4) -> trap: memory, init(65533 0 4) -> trap: memory,
      active(0) -> 121, active(1) -> trap: memory, drop() -> 1, init(32 0 0) -> 0x65646362, init(32 0 1) -> trap: memory`,
  },
  {
    name: "memory.init and data.drop where all segments are active",
    section: "4.4.7 memory.init, data.drop",
    features: "all",
    fields: `
      (memory 1) (data $active (i32.const 16) "xyz")
      (func (export "init") (param i32) (result i32) (memory.init $active (i32.const 0) (i32.const 0) (local.get 0)) (i32.load8_u (i32.const 17)))
      (func (export "drop") (result i32) (data.drop $active) (i32.const 1))`,
    cases: "init(0) -> 121, init(1) -> trap: memory, drop() -> 1, init(0) -> 121",
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

/** Types of which no two are equal: () -> i32, and those with every row of eight i32 or i64; number 256 has i64 only. */
function manyTypes(count: number): string {
  return Array.from({ length: count }, (_, i) => {
    const row = Array.from({ length: 8 }, (_, bit) => ((i - 1) & (1 << bit) ? "i64" : "i32")).join(" ");
    const params = i === 0 ? "" : `(param ${row}${i > 256 ? " f32" : ""})`;
    return `(type $t${i} (func ${params} (result i32)))`;
  }).join("\n");
}
