/** Linear memory and its segments. */
import type { Behaviour } from "./behaviour.ts";

export const MEMORY: readonly Behaviour[] = [
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
];
