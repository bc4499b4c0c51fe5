/* Names of registers, and instructions that differ with their width. */
#pragma once

#define AX "%%eax"
#define DX "%%edx"
#define PUSH_FLAGS "pushfl"
/* DWARF's column of the return address (System V ABI i386, 2.5). */
#define RETURN_COLUMN "8"
