/* `PROGRAM KERNEL MILLISECONDS`: runs the kernel for about that long and prints the nanoseconds of the fastest run, and the checksum. */
#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include "layout.h"
#include "run.h"

static uint64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

/* The whole window is reserved, the first LINEAR_SIZE bytes can be used: an access behind them faults, as in a cell. */
static int reserve(void) {
  void *window = mmap((void *)LINEAR_BASE, LINEAR_WINDOW, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
  return window == (void *)LINEAR_BASE && mprotect(window, LINEAR_SIZE, PROT_READ | PROT_WRITE) == 0;
}

int main(int count, char **arguments) {
  const struct kernel *kernel = kernels;
  while (count == 3 && kernel->name && strcmp(kernel->name, arguments[1]) != 0) kernel++;
  if (count != 3 || !kernel->name) {
    fprintf(stderr, "usage: %s KERNEL MILLISECONDS\n", arguments[0]);
    return 2;
  }
  if (!reserve()) {
    fprintf(stderr, "no room for 48 GiB of addresses at 0x%x\n", LINEAR_BASE);
    return 1;
  }
  prepare_kernels();
  uint32_t checksum = kernel->run(); /* caches, page tables and predictors are warm afterwards */
  uint64_t fastest = UINT64_MAX;
  uint64_t end = now() + strtoull(arguments[2], 0, 10) * 1000000;
  for (uint64_t before = now(), after; before < end; before = after) {
    checksum = kernel->run();
    after = now();
    if (after - before < fastest) fastest = after - before;
  }
  printf("%llu %u\n", (unsigned long long)fastest, checksum);
  return 0;
}
