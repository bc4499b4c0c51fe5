/* The interrupt handler, interpreted. */
#pragma once

static engine_function handler;
static void run_handler(u32 vector) {
  interrupted[this_cpu() - 1] = *(const uptr *const *)__builtin_frame_address(0);
  begin_fuel();
  call_at_bottom(handler, vector);
  end_fuel();
}
INTRINSIC(void, vector_entry, u32 fn) {
  handler = engine_table_function(fn, "i");
  if (UNLIKELY(!handler)) trap(TRAP_CALL_INDIRECT);
  irq_handler = run_handler;
}
