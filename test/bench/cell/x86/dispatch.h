/* Dispatch in C for the local APIC. */
#pragma once

static void dispatch(u32 vector) {
  if (handle_interrupt) handle_interrupt(vector);
  write_msr(X2APIC_EOI, 0);
}

static void start_controller(void) { write_msr(0x80f, 1 << 8 | SPURIOUS_VECTOR); /* SVR: on */ }
