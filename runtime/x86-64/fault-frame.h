/* What the vectors keep of an exception. */
#pragma once
#include "exceptions.h"

/* As vectors.S pushes it; `vector_return` tells the vector. */
struct fault_frame {
  u64 address, ax, cx, dx, bx, bp, si, di, r8, r9, r10, r11, r12, r13, r14, r15;
  u64 vector_return, error, pc, cs, flags, sp, ss;
};

ALWAYS u32 vector_of(const struct fault_frame *f) { return vector_behind(f->vector_return); }
ALWAYS uptr stack_of(const struct fault_frame *f) { return f->sp; }

/* Jumped to where no code is. */
ALWAYS bool has_left_text(const struct fault_frame *f) {
  enum { FETCH = 1 << 4 };
  return vector_of(f) == PAGE_FAULT && f->error & FETCH;
}
