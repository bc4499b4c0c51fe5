/* Runs each kernel some times and prints the fewest instructions of a run: what the monitor does now and then in between counts, too. */
#include "print.h"

enum { RUNS = 4 };

#define ROW(name) {#name, EXPORT_##name},
static const struct {
  const char *name;
  u32 (*run)(void);
} kernels[] = {KERNELS(ROW)};

static COLD void run_kernels(void) {
  PREPARE();
  bench_start();
  for (u32 i = 0; i < sizeof kernels / sizeof *kernels; i++) {
    u32 (*run)(void) = kernels[i].run;
    __asm__("" : "+r"(run)); /* else the call is inlined */
    u64 fewest = ~0ull;
    u32 checksum = 0;
    for (u32 n = 0; n < RUNS; n++) {
      u64 before = count();
      checksum = run();
      u64 instructions = count() - before;
      if (instructions < fewest) fewest = instructions;
    }
    print_line(kernels[i].name, fewest, checksum);
  }
}

#undef EXPORT_MAIN
#define EXPORT_MAIN() run_kernels()
