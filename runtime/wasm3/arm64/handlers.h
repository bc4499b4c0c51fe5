/* The interrupt handler, interpreted. */
#pragma once

static engine_function handler;
static void run_handler(void) {
  begin_fuel();
  call_at_bottom(handler, 0);
  end_fuel();
}
INTRINSIC(void, irq_entry, u32 fn) {
  handler = (engine_function)(uptr)jh_resolve(fn);
  irq_handler = run_handler;
}
