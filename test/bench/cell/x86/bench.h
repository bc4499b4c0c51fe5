/* What the bench asks of an x86 machine: a counter of instructions, a console, an interrupt that waits. */
#pragma once

enum { INTERRUPT = 33, X2APIC_EOI = 0x80b, X2APIC_ICR = 0x830 }; /* Intel SDM 3A, 11.12.1.2 */

static void bench_start(void) {}

/* The monitor's instructions count, too. */
ALWAYS u64 count(void) {
  u32 low, high;
  __asm__ volatile("rdtsc" : "=a"(low), "=d"(high)::"memory");
  return (u64)high << 32 | low;
}

/* The 8250 of the comm region (jailhouse-abi 2: console address at 24) by its ports: THR, and THRE in LSR. */
static void print_byte(u8 byte) {
  u32 uart = *(const volatile u32 *)(COMM_REGION + 24);
  while (!(jh_in8(uart + 5) & 1 << 5)) {}
  jh_out8(uart, byte);
}

static void raise_interrupt(void) { write_msr(X2APIC_ICR, jh_cpu_id() << 32 | INTERRUPT); }

/* Interrupts come one instruction after STI. */
#define LET_IN "sti\n\tnop"

/* Its instructions at the end of an interrupt, which is a write to an MSR: to a CPU that has its x2APIC to itself it is a single one. */
static NOINLINE u64 monitors_part(void) {
  u64 before = count();
  __asm__ volatile("nop" ::"c"(X2APIC_EOI), "a"(0), "d"(0) : "memory");
  u64 between = count();
  __asm__ volatile("wrmsr" ::"c"(X2APIC_EOI), "a"(0), "d"(0) : "memory");
  u64 after = count();
  return (after - between) - (between - before);
}
