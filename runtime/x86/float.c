/* Rounding, where SSE4.1 is not for sure: clang calls these. A number of 2^52 (2^23) or more has no fraction. */

#define DEFINE_ROUNDING(type, suffix, whole)                                                                        \
  static type to_nearest##suffix(type x) {                                                                          \
    /* Adding it leaves no room for a fraction; ties go to even, as the sum is rounded. */                          \
    volatile type sum = __builtin_fabs##suffix(x) + (whole);                                                        \
    return __builtin_copysign##suffix(sum - (whole), x);                                                            \
  }                                                                                                                 \
  __attribute__((used)) type nearbyint##suffix(type x) {                                                            \
    if (__builtin_fabs##suffix(x) < (whole)) return to_nearest##suffix(x);                                          \
    return x != x ? x + x : x; /* as an instruction would: no NaN that signals comes out */                         \
  }                                                                                                                 \
  __attribute__((used)) type rint##suffix(type x) { return nearbyint##suffix(x); }                                  \
  __attribute__((used)) type floor##suffix(type x) {                                                                \
    type near = nearbyint##suffix(x);                                                                               \
    return near > x ? near - 1 : near;                                                                              \
  }                                                                                                                 \
  __attribute__((used)) type ceil##suffix(type x) {                                                                 \
    type near = nearbyint##suffix(x);                                                                               \
    return __builtin_copysign##suffix(near < x ? near + 1 : near, x);                                               \
  }                                                                                                                 \
  __attribute__((used)) type trunc##suffix(type x) { return __builtin_copysign##suffix(floor##suffix(__builtin_fabs##suffix(x)), x); }

DEFINE_ROUNDING(f64, , 0x1p52)
DEFINE_ROUNDING(f32, f, 0x1p23f)

/* Single instructions otherwise; code for single-stepping calls them. */
#define DEFINE_CALLED(type, bits, suffix, instruction)                                                              \
  __attribute__((used)) type sqrt##suffix(type x) {                                                                 \
    __asm__(instruction " %0, %0" : "+x"(x));                                                                       \
    return x;                                                                                                       \
  }                                                                                                                 \
  __attribute__((used)) type(copysign##suffix)(type x, type sign) {                                                 \
    bits top = (bits)1 << (sizeof(bits) * 8 - 1);                                                                   \
    return __builtin_bit_cast(type, (__builtin_bit_cast(bits, x) & ~top) | (__builtin_bit_cast(bits, sign) & top)); \
  }

DEFINE_CALLED(f64, u64, , "sqrtsd")
DEFINE_CALLED(f32, u32, f, "sqrtss")
