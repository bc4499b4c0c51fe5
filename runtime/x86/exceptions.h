/* Exceptions and their vectors. */
#pragma once

enum { DIVIDE_ERROR = 0, INVALID_OPCODE = 6, GENERAL_PROTECTION = 13, PAGE_FAULT = 14 }; /* Intel SDM 3A, 6.15 */

extern const u8 exception_vectors[], __text_end[];

/* Each vector has 8 bytes, and calls. */
ALWAYS u32 vector_behind(uptr return_address) { return (return_address - (uptr)exception_vectors) / 8; }
