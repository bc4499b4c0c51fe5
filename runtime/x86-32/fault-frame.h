/* What the vectors keep of an exception. */
#pragma once
#include "exceptions.h"

/* As vectors.S pushes it on the stack that was in use; `vector_return` tells the vector. */
struct fault_frame {
  u32 address, di, si, bp, sp_inside, bx, dx, cx, ax;
  u32 vector_return, error, pc, cs, flags;
};

ALWAYS u32 vector_of(const struct fault_frame *f) { return vector_behind(f->vector_return); }
/* PUSHA has kept where `vector_return` is. */
ALWAYS uptr stack_of(const struct fault_frame *f) { return f->sp_inside + 5 * sizeof(u32); }

/* Jumped to where no code is: no page is there, or the code segment does not reach it. */
ALWAYS bool has_left_text(const struct fault_frame *f) {
  u32 vector = vector_of(f);
  return (vector == PAGE_FAULT && f->address == f->pc) || (vector == GENERAL_PROTECTION && f->pc >= (uptr)__text_end);
}
