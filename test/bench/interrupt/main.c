/* main.ts in C, with a dispatch as short as it can be: one interrupt each time the vector is taken, as in TypeScript, and its number goes to the
 * one handler that the program gave. Jailhouse's inmate library for Arm looks for a second interrupt and calls the GIC's driver by pointers. */
#include "bench.h"

static void (*handle_interrupt)(u32 id);

#include "dispatch.h"

static u32 ticks;

static void on_interrupt(u32 id) {
  if (id == INTERRUPT) ticks++;
}

static void prepare(void) {
  irq_handler = dispatch;
  handle_interrupt = on_interrupt;
  start_controller();
}
