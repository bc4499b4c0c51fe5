/* The interrupt path: raises an interrupt with interrupts masked, so that it is pending, then counts from the instruction that lets it in to the
 * one behind it. What is between is the vector, the dispatch, the handler, and the way back. */
#include "print.h"

enum { ROUNDS = 16 };

static u64 fewer(u64 a, u64 b) { return a < b ? a : b; }

/* Instructions between the two readings of `count` with nothing pending. */
static NOINLINE u64 take(void) {
  u64 before = count();
  __asm__ volatile(LET_IN ::: "memory");
  u64 after = count();
  jh_interrupts_off();
  return after - before;
}

static COLD void run_interrupts(void) {
#ifdef EXPORT_prepare
  EXPORT_prepare();
#endif
  bench_start();
  jh_interrupts_off();
  u64 nothing = take();
  u64 path = ~0ull, monitors = ~0ull;
  for (u32 n = 0; n < ROUNDS; n++) {
    raise_interrupt();
    u64 until = jh_counter() + jh_counter_hz() / 10000;
    while (jh_counter() < until) {}
    path = fewer(path, take() - nothing);
    monitors = fewer(monitors, monitors_part());
  }
  print_line("interrupt", path - monitors, monitors);
}

#undef EXPORT_MAIN
#define EXPORT_MAIN() run_interrupts()
