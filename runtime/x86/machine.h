/* What the Wasm side asks of the machine, before `wasm/wasm.h`. */
#pragma once
#include "tables.h"
#include "traps.h"
#include "registers.h"

/* UD1's displacement: the code, and a number that keeps the traps of one function apart, so that each has its own address and line. */
#define trap(code)                                                                                         \
  ({                                                                                                       \
    __asm__ volatile("ud1l %c0(" AX "), %%eax" ::"i"((code) << 8 | (__COUNTER__ & 0xff) | UD1_DISPLACEMENT)); \
    __builtin_unreachable();                                                                               \
  })

/* The same with an address for the report, where no exception would tell it: in RAX, as fault.c expects. */
#define trap_at(code, address)                                                                             \
  ({                                                                                                       \
    __asm__ volatile("ud1l %c0(" AX "), %%eax" ::"i"((code) << 8 | (__COUNTER__ & 0xff) | UD1_DISPLACEMENT), "a"((uptr)(address))); \
    __builtin_unreachable();                                                                               \
  })

/* Large enough that the assembler takes four bytes for it. */
#define UD1_DISPLACEMENT 0x1000000

#include <linear.h>
