/* A host process as the machine under the generated C: linear memory at a constant address, where `main.c` reserves its window. */
#pragma once
#include "traps.h"
#include "types.h"

/* Below 2 GiB, so that it fits in the displacement of an x86-64 access; a program linked at its usual address ends before it. */
#define LINEAR_BASE 0x40000000ul
#define LINEAR_WINDOW (1ul << 33)
#define LINEAR_SIZE (4ul << 20)

ALWAYS u64 linear_limit(void) { return LINEAR_SIZE; }

#define trap(code) __builtin_trap()
