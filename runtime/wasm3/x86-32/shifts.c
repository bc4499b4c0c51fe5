/* Shifts of 64-bit integers, which clang calls in small code on 32-bit machines. Written by halves, as they would call themselves else. */

typedef union {
  u64 all;
  struct {
    u32 low, high;
  };
} halves;

__attribute__((used)) u64 __ashldi3(u64 x, int by) {
  halves h = {x};
  if (by >= 32) return (halves){.high = h.low << (by - 32)}.all;
  if (by == 0) return x;
  return (halves){.low = h.low << by, .high = h.high << by | h.low >> (32 - by)}.all;
}
__attribute__((used)) u64 __lshrdi3(u64 x, int by) {
  halves h = {x};
  if (by >= 32) return (halves){.low = h.high >> (by - 32)}.all;
  if (by == 0) return x;
  return (halves){.low = h.low >> by | h.high << (32 - by), .high = h.high >> by}.all;
}
