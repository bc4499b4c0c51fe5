/* The driver in a cell, in the place of a program: an exception ends the call that raised it, not the cell. It comes before the runtime's main
 * function, and the runtime's own report before it under another name. `guard.h` is the machine's: ENTER, to call with all registers saved, and
 * LEAVE, to come back from an exception. */
#include "bench.h"
#include "guard.h"
#include "unmap.h"

#define MEMORY LINEAR(0)
#define MEMORY_BYTES_OF_ALL SUBJECT_MEMORY

/* As it was when `guarded` was entered. */
__attribute__((used)) uptr guard_stack;

__attribute__((noreturn, used)) void report_fault(const struct fault_frame *frame) {
  fault = *frame;
  leave_guarded(kind_of_fault(frame));
}

#include "driver.h"

static COLD void run_in_cell(void) {
  bench_start();
  memory_pages = SUBJECT_MEMORY >> 16; /* what is behind it is no memory of this module */
  unmap_behind(SUBJECT_MEMORY);
  run_subjects();
}

#undef EXPORT_MAIN
#define EXPORT_MAIN() run_in_cell()
