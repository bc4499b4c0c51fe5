/* Atomic accesses to words of linear memory, by the compiler's builtins. WORD(bits, pointer) is the machine's: where the word is, and a fault
 * if it may not be there. */
#pragma once

#define DEFINE_ATOMIC(bits)                                                                                                          \
  INTRINSIC(u##bits, atomic_load##bits, u32 p) { return __atomic_load_n(WORD(bits, p), __ATOMIC_SEQ_CST); }                          \
  INTRINSIC(void, atomic_store##bits, u32 p, u##bits v) { __atomic_store_n(WORD(bits, p), v, __ATOMIC_SEQ_CST); }                    \
  INTRINSIC(u##bits, atomic_add##bits, u32 p, u##bits v) { return __atomic_fetch_add(WORD(bits, p), v, __ATOMIC_SEQ_CST); }          \
  INTRINSIC(u##bits, atomic_swap##bits, u32 p, u##bits v) { return __atomic_exchange_n(WORD(bits, p), v, __ATOMIC_SEQ_CST); }        \
  INTRINSIC(u##bits, atomic_compare_swap##bits, u32 p, u##bits expected, u##bits v) {                                                \
    __atomic_compare_exchange_n(WORD(bits, p), &expected, v, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);                             \
    return expected;                                                                                                                 \
  }
DEFINE_ATOMIC(32)
DEFINE_ATOMIC(64)
