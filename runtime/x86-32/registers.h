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
