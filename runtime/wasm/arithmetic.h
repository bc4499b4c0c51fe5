/* Numeric instructions where Wasm and C differ (Core Specification 2.0, 4.3): traps, edges, NaNs. */
#pragma once

#define I32_CLZ(x) ((x) ? (u32)__builtin_clz(x) : 32u)
#define I64_CLZ(x) ((x) ? (u64)__builtin_clzll(x) : 64u)
#define I32_CTZ(x) ((x) ? (u32)__builtin_ctz(x) : 32u)
#define I64_CTZ(x) ((x) ? (u64)__builtin_ctzll(x) : 64u)
#define I32_POPCNT(x) ((u32)__builtin_popcount(x))
#define I64_POPCNT(x) ((u64)__builtin_popcountll(x))

#define ROTATE(x, left, right) (((x) << (left)) | ((x) >> (right)))
#define I32_ROTL(x, n) ROTATE(x, (n) & 31, -(n) & 31)
#define I64_ROTL(x, n) ROTATE(x, (n) & 63, -(n) & 63)
#define I32_ROTR(x, n) ROTATE(x, -(n) & 31, (n) & 31)
#define I64_ROTR(x, n) ROTATE(x, -(n) & 63, (n) & 63)

/* Macros, not functions: each trap then has the position of its division. */
#define DIVIDE_S(type, smallest, x, y)                                  \
  (UNLIKELY((y) == 0)                       ? (type)TRAP(DIV_BY_ZERO)   \
   : UNLIKELY((x) == smallest && (y) == -1) ? (type)TRAP(INT_OVERFLOW)  \
                                            : (type)((x) / (y)))
#define REMAINDER_S(type, x, y) (UNLIKELY((y) == 0) ? (type)TRAP(DIV_BY_ZERO) : (y) == -1 ? (type)0 : (type)((x) % (y)))
#define I32_DIV_S(x, y) DIVIDE_S(u32, INT32_MIN, (s32)(x), (s32)(y))
#define I64_DIV_S(x, y) DIVIDE_S(u64, INT64_MIN, (s64)(x), (s64)(y))
#define I32_REM_S(x, y) REMAINDER_S(u32, (s32)(x), (s32)(y))
#define I64_REM_S(x, y) REMAINDER_S(u64, (s64)(x), (s64)(y))
#define DIV_U(x, y) (UNLIKELY((y) == 0) ? (__typeof__(x))TRAP(DIV_BY_ZERO) : (x) / (y))
#define REM_U(x, y) (UNLIKELY((y) == 0) ? (__typeof__(x))TRAP(DIV_BY_ZERO) : (x) % (y))

ALWAYS u32 i32_reinterpret_f32(f32 x) { return __builtin_bit_cast(u32, x); }
ALWAYS f32 f32_reinterpret_i32(u32 x) { return __builtin_bit_cast(f32, x); }
ALWAYS u64 i64_reinterpret_f64(f64 x) { return __builtin_bit_cast(u64, x); }
ALWAYS f64 f64_reinterpret_i64(u64 x) { return __builtin_bit_cast(f64, x); }

#define INFINITY __builtin_inff() /* wasm2c's word for the constants */

/* Sign operations change the sign bit of NaNs too. */
ALWAYS f32 wasm_fabsf(f32 x) { return f32_reinterpret_i32(i32_reinterpret_f32(x) & 0x7fffffff); }
ALWAYS f64 wasm_fabs(f64 x) { return f64_reinterpret_i64(i64_reinterpret_f64(x) & 0x7fffffffffffffff); }
#define copysignf(x, y) __builtin_copysignf(x, y)
#define copysign(x, y) __builtin_copysign(x, y)
#define fabsf(x) wasm_fabsf(x)
#define fabs(x) wasm_fabs(x)

/* Single instructions on the architectures of this project; with -fno-math-errno nothing is called. They quiet a signalling NaN. */
#define wasm_floorf(x) __builtin_floorf(x)
#define wasm_floor(x) __builtin_floor(x)
#define wasm_ceilf(x) __builtin_ceilf(x)
#define wasm_ceil(x) __builtin_ceil(x)
#define wasm_truncf(x) __builtin_truncf(x)
#define wasm_trunc(x) __builtin_trunc(x)
#define wasm_nearbyintf(x) __builtin_nearbyintf(x)
#define wasm_nearbyint(x) __builtin_nearbyint(x)
#define wasm_sqrtf(x) __builtin_sqrtf(x)
#define wasm_sqrt(x) __builtin_sqrt(x)
ALWAYS f32 wasm_quietf(f32 x) { return x * 1.0f; }
ALWAYS f64 wasm_quiet(f64 x) { return x * 1.0; }

/* min and max give NaN when one operand is, and order -0 before +0. On AArch64 FMIN and FMAX do that (Arm ARM C7.2.131), clang's minnum does
 * not. On x86 UCOMISS tells both at once, equal operands and a NaN (Intel SDM 2B): the sum of two operands is NaN when one is, and equal ones
 * differ in nothing but the sign of a zero. */
#ifdef __aarch64__
#define DEFINE_EXTREME(name, type, instruction, r)                                                             \
  ALWAYS type name(type x, type y) {                                                                           \
    type result;                                                                                               \
    __asm__(instruction " %" r "0, %" r "1, %" r "2" : "=w"(result) : "w"(x), "w"(y));                         \
    return result;                                                                                             \
  }
DEFINE_EXTREME(f32_min, f32, "fmin", "s")
DEFINE_EXTREME(f64_min, f64, "fmin", "d")
DEFINE_EXTREME(f32_max, f32, "fmax", "s")
DEFINE_EXTREME(f64_max, f64, "fmax", "d")
#else
#define DEFINE_EXTREME(name, type, bits, before, join)                                                         \
  ALWAYS type name(type x, type y) {                                                                           \
    if (LIKELY(__builtin_islessgreater(x, y))) return x before y ? x : y;                                      \
    if (__builtin_isunordered(x, y)) return x + y;                                                             \
    return __builtin_bit_cast(type, __builtin_bit_cast(bits, x) join __builtin_bit_cast(bits, y));             \
  }
DEFINE_EXTREME(f32_min, f32, u32, <, |)
DEFINE_EXTREME(f64_min, f64, u64, <, |)
DEFINE_EXTREME(f32_max, f32, u32, >, &)
DEFINE_EXTREME(f64_max, f64, u64, >, &)
#endif
#define FMIN(x, y) _Generic(x, f32: f32_min, f64: f64_min)(x, y)
#define FMAX(x, y) _Generic(x, f32: f32_max, f64: f64_max)(x, y)

/* A signed integer of 64 bits that becomes a float: as C does it, if the machine does not say something else. */
#ifndef SIGNED64
#define SIGNED64(value) ((s64)(value))
#endif

/* Float to integer: `low` and `high` are the first floats outside the range. */
#define TRUNCATE(result, via, low_test, high, x)                        \
  (LIKELY((x)low_test && (x) < (high)) ? (result)(via)(x)               \
   : (x) != (x)                        ? (result)TRAP(INVALID_CONVERSION) \
                                       : (result)TRAP(INT_OVERFLOW))
#define I32_TRUNC_S_F32(x) TRUNCATE(u32, s32, >= -0x1p31f, 0x1p31f, x)
#define I32_TRUNC_S_F64(x) TRUNCATE(u32, s32, > -2147483649.0, 0x1p31, x)
#define I64_TRUNC_S_F32(x) TRUNCATE(u64, s64, >= -0x1p63f, 0x1p63f, x)
#define I64_TRUNC_S_F64(x) TRUNCATE(u64, s64, >= -0x1p63, 0x1p63, x)
#define I32_TRUNC_U_F32(x) TRUNCATE(u32, u32, > -1.0f, 0x1p32f, x)
#define I32_TRUNC_U_F64(x) TRUNCATE(u32, u32, > -1.0, 0x1p32, x)
#define I64_TRUNC_U_F32(x) TRUNCATE(u64, u64, > -1.0f, 0x1p64f, x)
#define I64_TRUNC_U_F64(x) TRUNCATE(u64, u64, > -1.0, 0x1p64, x)

/* The saturating forms give the nearest end of the range, and 0 for NaN: on AArch64 single instructions (Arm ARM C7.2.101, C7.2.103). */
#ifdef __aarch64__
#define DEFINE_SATURATE(name, result, from, instruction)               \
  ALWAYS result name(from x) {                                         \
    result value;                                                      \
    __asm__(instruction : "=r"(value) : "w"(x));                       \
    return value;                                                      \
  }
DEFINE_SATURATE(I32_TRUNC_SAT_S_F32, u32, f32, "fcvtzs %w0, %s1")
DEFINE_SATURATE(I32_TRUNC_SAT_S_F64, u32, f64, "fcvtzs %w0, %d1")
DEFINE_SATURATE(I64_TRUNC_SAT_S_F32, u64, f32, "fcvtzs %x0, %s1")
DEFINE_SATURATE(I64_TRUNC_SAT_S_F64, u64, f64, "fcvtzs %x0, %d1")
DEFINE_SATURATE(I32_TRUNC_SAT_U_F32, u32, f32, "fcvtzu %w0, %s1")
DEFINE_SATURATE(I32_TRUNC_SAT_U_F64, u32, f64, "fcvtzu %w0, %d1")
DEFINE_SATURATE(I64_TRUNC_SAT_U_F32, u64, f32, "fcvtzu %x0, %s1")
DEFINE_SATURATE(I64_TRUNC_SAT_U_F64, u64, f64, "fcvtzu %x0, %d1")
#else
#define SATURATE(result, via, low_test, smallest, high, largest, x) \
  ((x) != (x) ? (result)0 : !((x)low_test) ? (result)(smallest) : !((x) < (high)) ? (result)(largest) : (result)(via)(x))
/* CVTTSS2SI and CVTTSD2SI give the smallest integer for what is out of range (Intel SDM 1, 4.8.3.7, 11.5.2.1). */
#define DEFINE_SATURATE(name, from, instruction, low_test, high)                                                   \
  ALWAYS u32 name(from x) {                                                                                        \
    s32 value;                                                                                                     \
    __asm__(instruction " %1, %0" : "=r"(value) : "x"(x));                                                         \
    return LIKELY(value != INT32_MIN) ? (u32)value : SATURATE(u32, s32, low_test, INT32_MIN, high, INT32_MAX, x);    \
  }
DEFINE_SATURATE(I32_TRUNC_SAT_S_F32, f32, "cvttss2si", >= -0x1p31f, 0x1p31f)
DEFINE_SATURATE(I32_TRUNC_SAT_S_F64, f64, "cvttsd2si", > -2147483649.0, 0x1p31)
#define I64_TRUNC_SAT_S_F32(x) SATURATE(u64, s64, >= -0x1p63f, INT64_MIN, 0x1p63f, INT64_MAX, x)
#define I64_TRUNC_SAT_S_F64(x) SATURATE(u64, s64, >= -0x1p63, INT64_MIN, 0x1p63, INT64_MAX, x)
#define I32_TRUNC_SAT_U_F32(x) SATURATE(u32, u32, > -1.0f, 0, 0x1p32f, UINT32_MAX, x)
#define I32_TRUNC_SAT_U_F64(x) SATURATE(u32, u32, > -1.0, 0, 0x1p32, UINT32_MAX, x)
#define I64_TRUNC_SAT_U_F32(x) SATURATE(u64, u64, > -1.0f, 0, 0x1p64f, UINT64_MAX, x)
#define I64_TRUNC_SAT_U_F64(x) SATURATE(u64, u64, > -1.0, 0, 0x1p64, UINT64_MAX, x)
#endif
