/* The interrupt path: raises SGI 1 with interrupts masked, so that it is pending, then counts from the instruction that lets it in to the one
 * behind it. What is between is the vector, the dispatch, the handler, and the way back. */
#include "count.h"

enum { SGI = 1, ROUNDS = 16 };

/* Instructions between the two readings of `count` with nothing pending. */
static NOINLINE u64 take(void) {
  u64 before = count();
  __asm__ volatile("msr daifclr, #2" ::: "memory");
  u64 after = count();
  __asm__ volatile("msr daifset, #2" ::: "memory");
  return after - before;
}

static COLD void run_interrupts(void) {
#ifdef EXPORT_prepare
  EXPORT_prepare();
#endif
  count_start();
  print_start();
  jh_interrupts_off();
  u64 affinity = jh_cpu_id();
  u64 target = (affinity >> 32 & 0xff) << 48 | (affinity >> 16 & 0xff) << 32 | (affinity >> 8 & 0xff) << 16 | 1ul << (affinity & 0xf);
  u64 nothing = take();
  u64 fewest = ~0ul;
  for (u32 n = 0; n < ROUNDS; n++) {
    jh_icc_sgi1r(target | SGI << 24);
    u64 until = jh_counter() + jh_counter_hz() / 10000;
    while (jh_counter() < until) {}
    u64 taken = take() - nothing;
    if (taken < fewest) fewest = taken;
  }
  print_line("interrupt", fewest, nothing);
}

#undef EXPORT_MAIN
#define EXPORT_MAIN() run_interrupts()
