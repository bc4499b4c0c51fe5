/* Counting instructions in a cell, and a console that needs nothing of what is measured.
 *
 * Under QEMU's `-icount shift=0` an instruction takes one nanosecond, and QEMU's cycle counter runs at 1 GHz: PMCCNTR_EL0 counts instructions,
 * exactly. With PMCCFILTR_EL0 = 0 (Arm ARM D17.5.6) those at EL2, the monitor's, are left out. */
#pragma once

static void count_start(void) {
  __asm__ volatile("msr pmccfiltr_el0, %0\n\tmsr pmcntenset_el0, %1\n\tmsr pmcr_el0, %2\n\tisb" ::"r"(0ul), "r"(1ul << 31), "r"(1ul | 1 << 6));
}

ALWAYS u64 count(void) {
  u64 value;
  __asm__ volatile("mrs %0, pmccntr_el0" : "=r"(value)::"memory");
  return value;
}

/* The PL011 of the comm region (jailhouse-abi 2: console address at 24). */
static u32 uart;

static void print_start(void) { uart = jh_map_device(*(const volatile u64 *)(COMM_REGION + 24), PAGE); }

static void print_byte(u8 byte) {
  while (jh_read32(uart + 0x18) & 1 << 5) {}
  jh_write32(uart, byte);
}

static void print_text(const char *text) {
  while (*text) print_byte((u8)*text++);
}

static void print_number(u64 value) {
  if (value >= 10) print_number(value / 10);
  print_byte('0' + value % 10);
}

static void print_line(const char *name, u64 instructions, u64 checksum) {
  print_text(name);
  print_byte(' ');
  print_number(instructions);
  print_byte(' ');
  print_number(checksum);
  print_byte('\n');
}
