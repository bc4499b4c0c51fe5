/* What clang calls for copies and fills whose length it does not know: string instructions, as C would need general registers for all of it, and
 * clang would make calls of these functions out of larger pieces. */

ALWAYS void copy_forward(void *to, const void *from, size_t length) {
  size_t words = length / 4;
  __asm__ volatile("rep movsl\n\tmovl %3, %%ecx\n\trep movsb" : "+D"(to), "+S"(from), "+c"(words) : "r"(length % 4) : "memory");
}

__attribute__((used)) NOINLINE void *memcpy(void *restrict to, const void *restrict from, size_t length) {
  copy_forward(to, from, length);
  return to;
}

typedef struct {
  u32 v;
} __attribute__((packed, may_alias)) unaligned_word;

/* From the end, where a copy from the start would overwrite what it has yet to read. */
__attribute__((used)) void *memmove(void *to, const void *from, size_t length) {
  char *t = to;
  const char *f = from;
  if ((uptr)t - (uptr)f >= length) {
    copy_forward(to, from, length);
    return to;
  }
  _Pragma("clang loop unroll(disable)") while (length >= 4) {
    length -= 4;
    ((unaligned_word *)(t + length))->v = ((const unaligned_word *)(f + length))->v;
  }
  _Pragma("clang loop unroll(disable)") while (length-- > 0) t[length] = f[length];
  return to;
}

__attribute__((used)) void *memset(void *to, int value, size_t length) {
  void *at = to;
  size_t words = length / 4;
  __asm__ volatile("rep stosl\n\tmovl %2, %%ecx\n\trep stosb" : "+D"(at), "+c"(words) : "r"(length % 4), "a"(0x01010101u * (u8)value) : "memory");
  return to;
}
