/* Division of 64-bit integers, which clang calls on 32-bit machines. By DIV, which divides 64 bits by 32 when the quotient has 32. */

ALWAYS u32 divide_long(u64 x, u32 y, u32 *rest) {
  u32 quotient;
  __asm__("divl %4" : "=a"(quotient), "=d"(*rest) : "a"((u32)x), "d"((u32)(x >> 32)), "rm"(y) : "cc");
  return quotient;
}

static NOINLINE u64 divide_unsigned(u64 x, u64 y, u64 *rest) {
  u32 y_high = y >> 32, r;
  if (y_high == 0) {
    u32 high = divide_long(x >> 32, (u32)y, &r);
    u32 low = divide_long((u64)r << 32 | (u32)x, (u32)y, &r);
    *rest = r;
    return (u64)high << 32 | low;
  }
  /* By the upper 32 bits of the divisor, those before its first 1 left out: at most one too much, as the divisor was rounded down, and never too
   * little. Half of the dividend, so that the quotient has 32 bits; what is left of it behind the point goes. */
  u32 shift = __builtin_clz(y_high);
  u32 divisor = (u32)((y << shift) >> 32);
  u64 quotient = ((u64)divide_long(x >> 1, divisor, &r) << shift) >> 31;
  if (quotient != 0) quotient--;
  u64 left = x - quotient * y;
  if (left >= y) left -= y, quotient++;
  *rest = left;
  return quotient;
}

ALWAYS u64 magnitude(s64 x) { return x < 0 ? -(u64)x : (u64)x; }

__attribute__((used)) u64 __udivdi3(u64 x, u64 y) {
  u64 rest;
  return divide_unsigned(x, y, &rest);
}
__attribute__((used)) u64 __umoddi3(u64 x, u64 y) {
  u64 rest;
  divide_unsigned(x, y, &rest);
  return rest;
}
__attribute__((used)) s64 __divdi3(s64 x, s64 y) {
  u64 rest, quotient = divide_unsigned(magnitude(x), magnitude(y), &rest);
  return (s64)((x ^ y) < 0 ? -quotient : quotient);
}
__attribute__((used)) s64 __moddi3(s64 x, s64 y) {
  u64 rest;
  divide_unsigned(magnitude(x), magnitude(y), &rest);
  return (s64)(x < 0 ? -rest : rest);
}

/* Shifts by a variable number of bits, which clang calls where code is to be small. The number is below 64 (Wasm's is cut to that). Written by
 * halves: a shift of a u64 would be a call of these functions again. */
ALWAYS u64 joined(u32 high, u32 low) { return (u64)high << 32 | low; }

__attribute__((used)) u64 __ashldi3(u64 x, u32 n) {
  u32 high = x >> 32, low = x;
  if (n == 0) return x;
  return n < 32 ? joined(high << n | low >> (32 - n), low << n) : joined(low << (n - 32), 0);
}
__attribute__((used)) u64 __lshrdi3(u64 x, u32 n) {
  u32 high = x >> 32, low = x;
  if (n == 0) return x;
  return n < 32 ? joined(high >> n, low >> n | high << (32 - n)) : joined(0, high >> (n - 32));
}
__attribute__((used)) u64 __ashrdi3(u64 x, u32 n) {
  u32 high = x >> 32, low = x;
  if (n == 0) return x;
  return n < 32 ? joined((s32)high >> n, low >> n | high << (32 - n)) : joined((s32)high >> 31, (s32)high >> (n - 32));
}
