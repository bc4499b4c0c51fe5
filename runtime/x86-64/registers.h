/* Names of registers, and instructions that differ with their width. */
#pragma once

#define AX "%%rax"
#define DX "%%rdx"
#define PUSH_FLAGS "pushfq"
/* DWARF's column of the return address (System V ABI AMD64, 3.6.2). */
#define RETURN_COLUMN "16"
