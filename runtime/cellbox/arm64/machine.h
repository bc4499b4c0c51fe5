/* What the Wasm side asks of the machine, before `wasm/wasm.h`. */
#pragma once
#include "types.h"

/* Behind the monitor's image (link.ld: linear_memory). */
#define LINEAR_SIZE 0x100000u

ALWAYS u64 linear_limit(void) { return LINEAR_SIZE; }

/* The vector of own exceptions finds the code in the syndrome. */
#define trap(code)                              \
  ({                                            \
    __asm__ volatile("brk %0" ::"i"(code));     \
    __builtin_unreachable();                    \
  })

