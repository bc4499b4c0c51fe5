/**
 * Floating-point instructions: signed zeros, infinities, the smallest and largest numbers, rounding to even; no joining of two operations into one,
 * no more precision than the type has. Which NaN an arithmetic instruction gives is open within the specification's two sets; the sign operations
 * change nothing but the sign.
 */
import { operation } from "./operation.ts";

const SECTION = "4.3.3 Floating-Point Operations";
const F32_1 = operation(SECTION, "f32", "f32");
const F64_1 = operation(SECTION, "f64", "f64");
const F32_2 = operation(SECTION, "f32 f32", "f32");
const F64_2 = operation(SECTION, "f64 f64", "f64");
const F32_3 = operation(SECTION, "f32 f32 f32", "f32");
const F64_3 = operation(SECTION, "f64 f64 f64", "f64");
const F32_TEST = operation(SECTION, "f32 f32", "i32");
const F64_TEST = operation(SECTION, "f64 f64", "i32");

export const FLOATS = [
  F32_2(
    "f32.add",
    `
    1 2 -> 3, 0 -0 -> 0, -0 0 -> 0, -0 -0 -> -0, inf -inf -> nan:canonical, inf 0 -> inf, nan 1 -> nan:canonical,
    1 nan -> nan:canonical, nan:0x200000 1 -> nan:arithmetic, 1 nan:0x200000 -> nan:arithmetic,
    -nan 0 -> nan:canonical, nan:0x600001 2 -> nan:arithmetic, -0 nan -> nan:canonical, nan inf -> nan:canonical,
    3.4028234663852886e38 3.4028234663852886e38 -> inf,
    1.401298464324817e-45 1.401298464324817e-45 -> 2.802596928649634e-45, 16777216 1 -> 16777216,
    nan:0x200000 0 -> nan:arithmetic, nan:0x200000 -0 -> nan:arithmetic`,
  ),
  F32_2(
    "f32.sub",
    `
    1 2 -> -1, 0 -0 -> 0, -0 0 -> -0, -0 -0 -> 0, inf -inf -> inf, inf 0 -> inf, nan 1 -> nan:canonical,
    1 nan -> nan:canonical, nan:0x200000 1 -> nan:arithmetic, 1 nan:0x200000 -> nan:arithmetic,
    -nan 0 -> nan:canonical, nan:0x600001 2 -> nan:arithmetic, -0 nan -> nan:canonical, nan inf -> nan:canonical,
    inf inf -> nan:canonical, nan:0x200000 0 -> nan:arithmetic, 0 0 -> 0,
    3.4028234663852886e38 -3.4028234663852886e38 -> inf`,
  ),
  F32_2(
    "f32.mul",
    `
    1 2 -> 2, 0 -0 -> -0, -0 0 -> -0, -0 -0 -> 0, inf -inf -> -inf, inf 0 -> nan:canonical, nan 1 -> nan:canonical,
    1 nan -> nan:canonical, nan:0x200000 1 -> nan:arithmetic, 1 nan:0x200000 -> nan:arithmetic,
    -nan 0 -> nan:canonical, nan:0x600001 2 -> nan:arithmetic, -0 nan -> nan:canonical, nan inf -> nan:canonical,
    inf -0 -> nan:canonical, nan:0x200000 1 -> nan:arithmetic, 3.4028234663852886e38 2 -> inf,
    1.401298464324817e-45 0.5 -> 0, 1.401298464324817e-45 0.50001 -> 1.401298464324817e-45,
    -1.401298464324817e-45 0.5 -> -0`,
  ),
  F32_2(
    "f32.div",
    `
    1 2 -> 0.5, 0 -0 -> nan:canonical, -0 0 -> nan:canonical, -0 -0 -> nan:canonical, inf -inf -> nan:canonical,
    inf 0 -> inf, nan 1 -> nan:canonical, 1 nan -> nan:canonical, nan:0x200000 1 -> nan:arithmetic,
    1 nan:0x200000 -> nan:arithmetic, -nan 0 -> nan:canonical, nan:0x600001 2 -> nan:arithmetic,
    -0 nan -> nan:canonical, nan inf -> nan:canonical, 0 0 -> nan:canonical, 1 0 -> inf, 1 -0 -> -inf,
    -1 0 -> -inf, inf inf -> nan:canonical, nan:0x200000 1 -> nan:arithmetic, 1.401298464324817e-45 2 -> 0,
    1 3 -> 0.3333333432674408`,
  ),
  F32_2(
    "f32.min",
    `
    1 2 -> 1, 0 -0 -> -0, -0 0 -> -0, -0 -0 -> -0, inf -inf -> -inf, inf 0 -> 0, nan 1 -> nan:canonical,
    1 nan -> nan:canonical, nan:0x200000 1 -> nan:arithmetic, 1 nan:0x200000 -> nan:arithmetic,
    -nan 0 -> nan:canonical, nan:0x600001 2 -> nan:arithmetic, -0 nan -> nan:canonical, nan inf -> nan:canonical,
    inf -inf -> -inf, -inf nan -> nan:canonical, 0 1 -> 0, -1 -0 -> -1, 1.401298464324817e-45 0 -> 0`,
  ),
  F32_2(
    "f32.max",
    `
    1 2 -> 2, 0 -0 -> 0, -0 0 -> 0, -0 -0 -> -0, inf -inf -> inf, inf 0 -> inf, nan 1 -> nan:canonical,
    1 nan -> nan:canonical, nan:0x200000 1 -> nan:arithmetic, 1 nan:0x200000 -> nan:arithmetic,
    -nan 0 -> nan:canonical, nan:0x600001 2 -> nan:arithmetic, -0 nan -> nan:canonical, nan inf -> nan:canonical,
    inf -inf -> inf, -inf nan -> nan:canonical, 0 1 -> 1, -1 -0 -> -0,
    1.401298464324817e-45 0 -> 1.401298464324817e-45`,
  ),
  F32_2(
    "f32.copysign",
    `
    1 -0 -> -1, -1 0 -> 1, nan -1 -> -nan, -nan 1 -> nan, nan:0x200000 -nan -> -nan:0x200000,
    nan:0x600001 -1 -> -nan:0x600001, inf -nan -> -inf, 1 nan:0x200000 -> 1`,
  ),
  F32_1(
    "f32.ceil",
    `
    0 -> 0, -0 -> -0, 0.5 -> 1, -0.5 -> -0, 1.5 -> 2, 2.5 -> 3, -1.5 -> -1, -2.5 -> -2, 0.9 -> 1, -0.9 -> -0,
    4194304.5 -> 4194305, -4194304.5 -> -4194304, 8388609 -> 8388609, 0.49999997 -> 1, 1.401298464324817e-45 -> 1,
    -1.401298464324817e-45 -> -0, inf -> inf, -inf -> -inf, nan -> nan:canonical, nan:0x200000 -> nan:arithmetic`,
  ),
  F32_1(
    "f32.floor",
    `
    0 -> 0, -0 -> -0, 0.5 -> 0, -0.5 -> -1, 1.5 -> 1, 2.5 -> 2, -1.5 -> -2, -2.5 -> -3, 0.9 -> 0, -0.9 -> -1,
    4194304.5 -> 4194304, -4194304.5 -> -4194305, 8388609 -> 8388609, 0.49999997 -> 0, 1.401298464324817e-45 -> 0,
    -1.401298464324817e-45 -> -1, inf -> inf, -inf -> -inf, nan -> nan:canonical, nan:0x200000 -> nan:arithmetic`,
  ),
  F32_1(
    "f32.trunc",
    `
    0 -> 0, -0 -> -0, 0.5 -> 0, -0.5 -> -0, 1.5 -> 1, 2.5 -> 2, -1.5 -> -1, -2.5 -> -2, 0.9 -> 0, -0.9 -> -0,
    4194304.5 -> 4194304, -4194304.5 -> -4194304, 8388609 -> 8388609, 0.49999997 -> 0, 1.401298464324817e-45 -> 0,
    -1.401298464324817e-45 -> -0, inf -> inf, -inf -> -inf, nan -> nan:canonical, nan:0x200000 -> nan:arithmetic`,
  ),
  F32_1(
    "f32.nearest",
    `
    0 -> 0, -0 -> -0, 0.5 -> 0, -0.5 -> -0, 1.5 -> 2, 2.5 -> 2, -1.5 -> -2, -2.5 -> -2, 0.9 -> 1, -0.9 -> -1,
    4194304.5 -> 4194304, -4194304.5 -> -4194304, 8388609 -> 8388609, 0.49999997 -> 0, 1.401298464324817e-45 -> 0,
    -1.401298464324817e-45 -> -0, inf -> inf, -inf -> -inf, nan -> nan:canonical, nan:0x200000 -> nan:arithmetic`,
  ),
  F32_1(
    "f32.sqrt",
    `
    0 -> 0, -0 -> -0, 4 -> 2, 2 -> 1.4142135381698608, -1 -> nan:canonical, inf -> inf, -inf -> nan:canonical,
    nan -> nan:canonical, nan:0x200000 -> nan:arithmetic, 1.401298464324817e-45 -> 3.743392066509216e-23`,
  ),
  F32_1(
    "f32.abs",
    `
    0 -> 0, -0 -> 0, -1 -> 1, -inf -> inf, nan -> nan, -nan -> nan, nan:0x200000 -> nan:0x200000,
    -nan:0x200000 -> nan:0x200000, nan:0x600001 -> nan:0x600001`,
  ),
  F32_1(
    "f32.neg",
    `
    0 -> -0, -0 -> 0, -1 -> 1, -inf -> inf, nan -> -nan, -nan -> nan, nan:0x200000 -> -nan:0x200000,
    -nan:0x200000 -> nan:0x200000, nan:0x600001 -> -nan:0x600001`,
  ),
  F32_TEST(
    "f32.eq",
    `
    0 -0 -> 1, 1 2 -> 0, nan nan -> 0, nan 1 -> 0, 1 -nan -> 0, inf inf -> 1, -inf inf -> 0,
    1.401298464324817e-45 0 -> 0`,
  ),
  F32_TEST(
    "f32.ne",
    `
    0 -0 -> 0, 1 2 -> 1, nan nan -> 1, nan 1 -> 1, 1 -nan -> 1, inf inf -> 0, -inf inf -> 1,
    1.401298464324817e-45 0 -> 1`,
  ),
  F32_TEST(
    "f32.lt",
    `
    0 -0 -> 0, 1 2 -> 1, nan nan -> 0, nan 1 -> 0, 1 -nan -> 0, inf inf -> 0, -inf inf -> 1,
    1.401298464324817e-45 0 -> 0`,
  ),
  F32_TEST(
    "f32.gt",
    `
    0 -0 -> 0, 1 2 -> 0, nan nan -> 0, nan 1 -> 0, 1 -nan -> 0, inf inf -> 0, -inf inf -> 0,
    1.401298464324817e-45 0 -> 1`,
  ),
  F32_TEST(
    "f32.le",
    `
    0 -0 -> 1, 1 2 -> 1, nan nan -> 0, nan 1 -> 0, 1 -nan -> 0, inf inf -> 1, -inf inf -> 1,
    1.401298464324817e-45 0 -> 0`,
  ),
  F32_TEST(
    "f32.ge",
    `
    0 -0 -> 1, 1 2 -> 0, nan nan -> 0, nan 1 -> 0, 1 -nan -> 0, inf inf -> 1, -inf inf -> 0,
    1.401298464324817e-45 0 -> 1`,
  ),
  F64_2(
    "f64.add",
    `
    1 2 -> 3, 0 -0 -> 0, -0 0 -> 0, -0 -0 -> -0, inf -inf -> nan:canonical, inf 0 -> inf, nan 1 -> nan:canonical,
    1 nan -> nan:canonical, nan:0x4000000000000 1 -> nan:arithmetic, 1 nan:0x4000000000000 -> nan:arithmetic,
    -nan 0 -> nan:canonical, nan:0xc000000000001 2 -> nan:arithmetic, -0 nan -> nan:canonical,
    nan inf -> nan:canonical, 1.7976931348623157e308 1.7976931348623157e308 -> inf, 5e-324 5e-324 -> 1e-323,
    9007199254740992 1 -> 9007199254740992, nan:0x4000000000000 0 -> nan:arithmetic,
    nan:0x4000000000000 -0 -> nan:arithmetic`,
  ),
  F64_2(
    "f64.sub",
    `
    1 2 -> -1, 0 -0 -> 0, -0 0 -> -0, -0 -0 -> 0, inf -inf -> inf, inf 0 -> inf, nan 1 -> nan:canonical,
    1 nan -> nan:canonical, nan:0x4000000000000 1 -> nan:arithmetic, 1 nan:0x4000000000000 -> nan:arithmetic,
    -nan 0 -> nan:canonical, nan:0xc000000000001 2 -> nan:arithmetic, -0 nan -> nan:canonical,
    nan inf -> nan:canonical, inf inf -> nan:canonical, nan:0x4000000000000 0 -> nan:arithmetic, 0 0 -> 0,
    1.7976931348623157e308 -1.7976931348623157e308 -> inf`,
  ),
  F64_2(
    "f64.mul",
    `
    1 2 -> 2, 0 -0 -> -0, -0 0 -> -0, -0 -0 -> 0, inf -inf -> -inf, inf 0 -> nan:canonical, nan 1 -> nan:canonical,
    1 nan -> nan:canonical, nan:0x4000000000000 1 -> nan:arithmetic, 1 nan:0x4000000000000 -> nan:arithmetic,
    -nan 0 -> nan:canonical, nan:0xc000000000001 2 -> nan:arithmetic, -0 nan -> nan:canonical,
    nan inf -> nan:canonical, inf -0 -> nan:canonical, nan:0x4000000000000 1 -> nan:arithmetic,
    1.7976931348623157e308 2 -> inf, 5e-324 0.5 -> 0, 5e-324 0.50001 -> 5e-324, -5e-324 0.5 -> -0`,
  ),
  F64_2(
    "f64.div",
    `
    1 2 -> 0.5, 0 -0 -> nan:canonical, -0 0 -> nan:canonical, -0 -0 -> nan:canonical, inf -inf -> nan:canonical,
    inf 0 -> inf, nan 1 -> nan:canonical, 1 nan -> nan:canonical, nan:0x4000000000000 1 -> nan:arithmetic,
    1 nan:0x4000000000000 -> nan:arithmetic, -nan 0 -> nan:canonical, nan:0xc000000000001 2 -> nan:arithmetic,
    -0 nan -> nan:canonical, nan inf -> nan:canonical, 0 0 -> nan:canonical, 1 0 -> inf, 1 -0 -> -inf,
    -1 0 -> -inf, inf inf -> nan:canonical, nan:0x4000000000000 1 -> nan:arithmetic, 5e-324 2 -> 0,
    1 3 -> 0.3333333333333333`,
  ),
  F64_2(
    "f64.min",
    `
    1 2 -> 1, 0 -0 -> -0, -0 0 -> -0, -0 -0 -> -0, inf -inf -> -inf, inf 0 -> 0, nan 1 -> nan:canonical,
    1 nan -> nan:canonical, nan:0x4000000000000 1 -> nan:arithmetic, 1 nan:0x4000000000000 -> nan:arithmetic,
    -nan 0 -> nan:canonical, nan:0xc000000000001 2 -> nan:arithmetic, -0 nan -> nan:canonical,
    nan inf -> nan:canonical, inf -inf -> -inf, -inf nan -> nan:canonical, 0 1 -> 0, -1 -0 -> -1, 5e-324 0 -> 0`,
  ),
  F64_2(
    "f64.max",
    `
    1 2 -> 2, 0 -0 -> 0, -0 0 -> 0, -0 -0 -> -0, inf -inf -> inf, inf 0 -> inf, nan 1 -> nan:canonical,
    1 nan -> nan:canonical, nan:0x4000000000000 1 -> nan:arithmetic, 1 nan:0x4000000000000 -> nan:arithmetic,
    -nan 0 -> nan:canonical, nan:0xc000000000001 2 -> nan:arithmetic, -0 nan -> nan:canonical,
    nan inf -> nan:canonical, inf -inf -> inf, -inf nan -> nan:canonical, 0 1 -> 1, -1 -0 -> -0,
    5e-324 0 -> 5e-324`,
  ),
  F64_2(
    "f64.copysign",
    `
    1 -0 -> -1, -1 0 -> 1, nan -1 -> -nan, -nan 1 -> nan, nan:0x4000000000000 -nan -> -nan:0x4000000000000,
    nan:0xc000000000001 -1 -> -nan:0xc000000000001, inf -nan -> -inf, 1 nan:0x4000000000000 -> 1`,
  ),
  F64_1(
    "f64.ceil",
    `
    0 -> 0, -0 -> -0, 0.5 -> 1, -0.5 -> -0, 1.5 -> 2, 2.5 -> 3, -1.5 -> -1, -2.5 -> -2, 0.9 -> 1, -0.9 -> -0,
    2251799813685248.5 -> 2251799813685249, -2251799813685248.5 -> -2251799813685248,
    4503599627370497 -> 4503599627370497, 0.49999999999999994 -> 1, 5e-324 -> 1, -5e-324 -> -0, inf -> inf,
    -inf -> -inf, nan -> nan:canonical, nan:0x4000000000000 -> nan:arithmetic`,
  ),
  F64_1(
    "f64.floor",
    `
    0 -> 0, -0 -> -0, 0.5 -> 0, -0.5 -> -1, 1.5 -> 1, 2.5 -> 2, -1.5 -> -2, -2.5 -> -3, 0.9 -> 0, -0.9 -> -1,
    2251799813685248.5 -> 2251799813685248, -2251799813685248.5 -> -2251799813685249,
    4503599627370497 -> 4503599627370497, 0.49999999999999994 -> 0, 5e-324 -> 0, -5e-324 -> -1, inf -> inf,
    -inf -> -inf, nan -> nan:canonical, nan:0x4000000000000 -> nan:arithmetic`,
  ),
  F64_1(
    "f64.trunc",
    `
    0 -> 0, -0 -> -0, 0.5 -> 0, -0.5 -> -0, 1.5 -> 1, 2.5 -> 2, -1.5 -> -1, -2.5 -> -2, 0.9 -> 0, -0.9 -> -0,
    2251799813685248.5 -> 2251799813685248, -2251799813685248.5 -> -2251799813685248,
    4503599627370497 -> 4503599627370497, 0.49999999999999994 -> 0, 5e-324 -> 0, -5e-324 -> -0, inf -> inf,
    -inf -> -inf, nan -> nan:canonical, nan:0x4000000000000 -> nan:arithmetic`,
  ),
  F64_1(
    "f64.nearest",
    `
    0 -> 0, -0 -> -0, 0.5 -> 0, -0.5 -> -0, 1.5 -> 2, 2.5 -> 2, -1.5 -> -2, -2.5 -> -2, 0.9 -> 1, -0.9 -> -1,
    2251799813685248.5 -> 2251799813685248, -2251799813685248.5 -> -2251799813685248,
    4503599627370497 -> 4503599627370497, 0.49999999999999994 -> 0, 5e-324 -> 0, -5e-324 -> -0, inf -> inf,
    -inf -> -inf, nan -> nan:canonical, nan:0x4000000000000 -> nan:arithmetic`,
  ),
  F64_1(
    "f64.sqrt",
    `
    0 -> 0, -0 -> -0, 4 -> 2, 2 -> 1.4142135623730951, -1 -> nan:canonical, inf -> inf, -inf -> nan:canonical,
    nan -> nan:canonical, nan:0x4000000000000 -> nan:arithmetic, 5e-324 -> 2.2227587494850775e-162`,
  ),
  F64_1(
    "f64.abs",
    `
    0 -> 0, -0 -> 0, -1 -> 1, -inf -> inf, nan -> nan, -nan -> nan, nan:0x4000000000000 -> nan:0x4000000000000,
    -nan:0x4000000000000 -> nan:0x4000000000000, nan:0xc000000000001 -> nan:0xc000000000001`,
  ),
  F64_1(
    "f64.neg",
    `
    0 -> -0, -0 -> 0, -1 -> 1, -inf -> inf, nan -> -nan, -nan -> nan, nan:0x4000000000000 -> -nan:0x4000000000000,
    -nan:0x4000000000000 -> nan:0x4000000000000, nan:0xc000000000001 -> -nan:0xc000000000001`,
  ),
  F64_TEST(
    "f64.eq",
    `
    0 -0 -> 1, 1 2 -> 0, nan nan -> 0, nan 1 -> 0, 1 -nan -> 0, inf inf -> 1, -inf inf -> 0, 5e-324 0 -> 0`,
  ),
  F64_TEST(
    "f64.ne",
    `
    0 -0 -> 0, 1 2 -> 1, nan nan -> 1, nan 1 -> 1, 1 -nan -> 1, inf inf -> 0, -inf inf -> 1, 5e-324 0 -> 1`,
  ),
  F64_TEST(
    "f64.lt",
    `
    0 -0 -> 0, 1 2 -> 1, nan nan -> 0, nan 1 -> 0, 1 -nan -> 0, inf inf -> 0, -inf inf -> 1, 5e-324 0 -> 0`,
  ),
  F64_TEST(
    "f64.gt",
    `
    0 -0 -> 0, 1 2 -> 0, nan nan -> 0, nan 1 -> 0, 1 -nan -> 0, inf inf -> 0, -inf inf -> 0, 5e-324 0 -> 1`,
  ),
  F64_TEST(
    "f64.le",
    `
    0 -0 -> 1, 1 2 -> 1, nan nan -> 0, nan 1 -> 0, 1 -nan -> 0, inf inf -> 1, -inf inf -> 1, 5e-324 0 -> 0`,
  ),
  F64_TEST(
    "f64.ge",
    `
    0 -0 -> 1, 1 2 -> 0, nan nan -> 0, nan 1 -> 0, 1 -nan -> 0, inf inf -> 1, -inf inf -> 0, 5e-324 0 -> 1`,
  ),
  F64_3(
    "(f64.add (f64.mul $0 $1) $2)",
    `
    1.0000000000000002 1.0000000000000002 -1.0000000000000004 -> 0, 1e308 10 -inf -> nan:canonical,
    134217729 134217729 -18014398777917440 -> 0`,
  ),
  F32_3(
    "(f32.sub (f32.mul $0 $1) $2)",
    `
    1.0000001 1.0000001 1.0000002 -> 0, 4097 4097 16785408 -> 0`,
  ),
  F64_3(
    "(f64.div (f64.mul $0 $1) $2)",
    `
    1e300 1e10 1e10 -> inf, 1e-300 1e-300 1e-300 -> 0, 2.2250738585072014e-308 0.5 0.5 -> 2.2250738585072014e-308,
    4.9406564584124654e-324 0.75 1 -> 5e-324`,
  ),
  F32_3(
    "(f32.div (f32.mul $0 $1) $2)",
    `
    1e38 10 10 -> inf, 1e-38 1e-7 1e-7 -> 1.401298464324817e-38`,
  ),
];
