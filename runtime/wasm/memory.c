/* What clang calls for copies and fills whose length it does not know. Unaligned words are fine on cached memory. */

#define NO_UNROLL _Pragma("clang loop unroll(disable) vectorize(disable)")

typedef struct {
  u64 low, high;
} __attribute__((packed, may_alias)) pair;
typedef struct {
  pair low, high;
} __attribute__((packed, may_alias)) pairs;

__attribute__((used)) NOINLINE void *memcpy(void *restrict to, const void *restrict from, size_t length) {
  char *t = to;
  const char *f = from;
  NO_UNROLL for (; length >= 32; length -= 32, t += 32, f += 32) *(pairs *)t = *(const pairs *)f;
  if (length >= 16) *(pair *)t = *(const pair *)f, length -= 16, t += 16, f += 16;
  NO_UNROLL for (; length > 0; length--) *t++ = *f++;
  return to;
}

__attribute__((used)) void *memmove(void *to, const void *from, size_t length) {
  char *t = to;
  const char *f = from;
  if ((u64)t - (u64)f >= length) return memcpy(to, from, length);
  NO_UNROLL while (length >= 16) {
    length -= 16;
    pair moved = *(const pair *)(f + length);
    *(pair *)(t + length) = moved;
  }
  NO_UNROLL while (length-- > 0) t[length] = f[length];
  return to;
}

__attribute__((used)) void *memset(void *to, int value, size_t length) {
  char *t = to;
  u64 word = 0x0101010101010101ull * (u8)value;
  NO_UNROLL for (; length >= 32; length -= 32, t += 32) *(pairs *)t = (pairs){{word, word}, {word, word}};
  NO_UNROLL for (; length > 0; length--) *t++ = (char)value;
  return to;
}
