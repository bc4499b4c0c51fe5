/* What the Wasm side asks of the machine, before `wasm/wasm.h`. */
#pragma once
#include "tables.h"
#include "traps.h"

/* brk's operand: the code, and a number that keeps the traps of one function apart, so that each has its own address and line. */
#define trap(code)                                                                         \
  ({                                                                                       \
    __asm__ volatile("brk %0" ::"i"((code) << 8 | (__COUNTER__ & 0xff)));                  \
    __builtin_unreachable();                                                               \
  })

/* The same with an address for the report, where no exception would tell it: in x16, as fault.c expects. */
#define trap_at(code, address)                                                             \
  ({                                                                                       \
    register u64 at __asm__("x16") = (address);                                            \
    __asm__ volatile("brk %0" ::"i"((code) << 8 | (__COUNTER__ & 0xff)), "r"(at));         \
    __builtin_unreachable();                                                               \
  })

#define RETURN_COLUMN "30" /* DWARF's of the return address: x30 */

#include <linear.h>
