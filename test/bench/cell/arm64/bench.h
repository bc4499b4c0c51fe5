/* What the bench asks of an arm64 machine: a counter of instructions, a console, an interrupt that waits. */
#pragma once

enum { INTERRUPT = 1 };

static u32 uart;

/* With PMCCFILTR_EL0 = 0 (Arm ARM D17.5.6) the counter leaves out what is executed at EL2, the monitor's. The PL011 is the comm region's
 * (jailhouse-abi 2: console address at 24). */
static void bench_start(void) {
  __asm__ volatile("msr pmccfiltr_el0, %0\n\tmsr pmcntenset_el0, %1\n\tmsr pmcr_el0, %2\n\tisb" ::"r"(0ul), "r"(1ul << 31), "r"(1ul | 1 << 6));
  uart = jh_map_device(*(const volatile u64 *)(COMM_REGION + 24), PAGE);
}

ALWAYS u64 count(void) {
  u64 value;
  __asm__ volatile("mrs %0, pmccntr_el0" : "=r"(value)::"memory");
  return value;
}

static void print_byte(u8 byte) {
  while (jh_read32(uart + 0x18) & 1 << 5) {}
  jh_write32(uart, byte);
}

/* An SGI to this CPU. */
static void raise_interrupt(void) {
  u64 affinity = jh_cpu_id();
  u64 target = (affinity >> 32 & 0xff) << 48 | (affinity >> 16 & 0xff) << 32 | (affinity >> 8 & 0xff) << 16 | 1ul << (affinity & 0xf);
  jh_icc_sgi1r(target | INTERRUPT << 24);
}

#define LET_IN "msr daifclr, #2"

static u64 monitors_part(void) { return 0; }
