/* What the Wasm side asks of the machine, before `wasm/wasm.h`. */
#pragma once
#include "traps.h"
#include "types.h"

/* Behind the monitor's image (link.ld: linear_memory). */
#define LINEAR_SIZE 0x100000u

ALWAYS u64 linear_limit(void) { return LINEAR_SIZE; }

#define trap(code)                      \
  ({                                    \
    __asm__ volatile("ud2");            \
    __builtin_unreachable();            \
  })
