/* A process as the machine under the generated C: linear memory at a constant address, where `main.c` reserves its window. */
#pragma once
#include "layout.h"
#include "traps.h"
#include "types.h"

ALWAYS u64 linear_limit(void) { return 0x10000; }

__attribute__((noreturn)) void leave(u32 kind);
#define trap(code) leave(code)
