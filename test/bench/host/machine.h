/* A host process as the machine under the generated C: linear memory at a constant address, where `main.c` reserves its window. */
#pragma once
#include "layout.h"
#include "traps.h"
#include "types.h"

ALWAYS u64 linear_limit(void) { return LINEAR_SIZE; }

#define trap(code) __builtin_trap()
