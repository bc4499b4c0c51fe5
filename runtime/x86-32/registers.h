/* Names of registers, and instructions that differ with their width. */
#pragma once

#define AX "%%eax"
#define DX "%%edx"
#define PUSH_FLAGS "pushfl"
/* DWARF's column of the return address (System V ABI i386, 2.5). */
#define RETURN_COLUMN "8"

/* By the usual convention floats come back in ST0 (System V ABI i386, 2.2.3), and loading one there changes a NaN that signals. With regcall they
 * come in XMM0; clang would also change the function's name. */
#define FLOAT_CALL __attribute__((regcall))
#define FLOAT_CALL_NAME(name) __asm__(#name)

/* A signed integer of 64 bits that becomes a float. With precise traps clang (19) forgets what comes before such a conversion, calls included, if the
 * integer is in memory: it puts the load's place in the order of things for the conversion's. So it comes in registers. */
#ifdef PRECISE_TRAPS
#define SIGNED64(value) signed64(value)
ALWAYS s64 signed64(u64 value) {
  u32 low = (u32)value, high = (u32)(value >> 32);
  __asm__("" : "+r"(low), "+r"(high));
  return (s64)((u64)high << 32 | low);
}
#endif
