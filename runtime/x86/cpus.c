/* From here on the first CPU takes interrupts, on stacks of their own. */
ALWAYS void begin_interrupts(void) {
  build_segments();
  load_segments(0, HANDLER_STACK_TOP, REPORT_STACK_TOP);
  enable_avx();
  __asm__ volatile("sti" ::: "memory");
}

/* The cell's further CPUs, from INIT and SIPI to the end of their function. In an image for one CPU nothing of it is left. */

static u32 cpu_words[MORE_CPUS + 1][4];

#if MORE_CPUS > 0

/* By number the code that a CPU is to run, which it takes out. */
static u32 started_code[MORE_CPUS + 1];

enum { ICR = 0x830, INIT = 0x4500, SIPI = 0x4600 }; /* Intel SDM 3A, 11.6.1, 11.12.9 */
enum { WAIT_INIT_US = 10000, WAIT_SIPI_US = 200 };   /* 9.4.4 */

static COLD void wait_microseconds(u64 us) {
  u64 end = jh_counter() + us * (jh_counter_hz() / 1000000);
  while (jh_counter() < end) __asm__ volatile("pause");
}

/* When it returns, the other CPU runs. 0; -3: there is no such CPU, or it has not arrived at the start of the cell; -4: it runs already. */
static COLD s64 cpu_start(u64 apic_id, u32 code, u32 index) {
  if (index > STARTABLE_CPUS) trap(TRAP_UNREACHABLE);
  volatile u8 *state = (volatile u8 *)(u64)(CPU_STATES + (u8)apic_id);
  if (*state > CPU_WAITS) return -4;
  if (*state != CPU_WAITS) return -3;
  started_code[index] = code;
  *state = index + 1;
  __asm__ volatile("mfence" ::: "memory");
  write_msr(ICR, apic_id << 32 | INIT);
  wait_microseconds(WAIT_INIT_US);
  for (u32 i = 0; i < 2 && __atomic_load_n(&started_code[index], __ATOMIC_ACQUIRE) != 0; i++) {
    write_msr(ICR, apic_id << 32 | SIPI);
    wait_microseconds(WAIT_SIPI_US);
  }
  while (__atomic_load_n(&started_code[index], __ATOMIC_ACQUIRE) != 0) __asm__ volatile("pause");
  return 0;
}

/* On its own stack. */
__attribute__((noreturn, used)) COLD void further_cpu_main(uptr index) {
  __asm__ volatile(".cfi_undefined " RETURN_COLUMN); /* as in runtime_main */
  uptr handlers = CPU_STACKS + (index - 1) * CPU_SLOT + 2 * PAGE + CPU_STACK_SIZE + HANDLER_STACK_SIZE;
  load_segments(index, handlers, handlers + PAGE + REPORT_STACK_SIZE);
  /* INIT has reset the local APIC, of which the SDK keeps account here. */
  __builtin_memset(cpu_words[index], 0, sizeof cpu_words[index]);
  enable_avx();
  u32 code = __atomic_exchange_n(&started_code[index], 0, __ATOMIC_ACQ_REL);
  __asm__ volatile("sti" ::: "memory");
  jh_invoke(code);
  __asm__ volatile("cli" ::: "memory");
  /* Waits for the next INIT and SIPI. */
  *(volatile u8 *)(u64)(CPU_STATES + (u8)jh_cpu_id()) = CPU_WAITS;
  halt();
}

INTRINSIC(u32, cpu_index, void) { return this_cpu() - 1; }
#else
INTRINSIC(u32, cpu_index, void) { return 0; }
#endif

INTRINSIC(u64, cpu_words, u32 index) { return (uptr)cpu_words[index]; }
INTRINSIC(u32, more_cpus, void) { return STARTABLE_CPUS; }
/* 0: has not arrived at the start of the cell, 1: waits, else it runs or is to start. */
INTRINSIC(u32, cpu_state, u32 apic_id) { return *(const volatile u8 *)(u64)(CPU_STATES + (u8)apic_id); }
INTRINSIC(u32, cpus_arrived, void) { return *(const volatile u32 *)ARRIVALS; }

#ifdef USES_cpu_start
INTRINSIC(s64, cpu_start, u64 apic_id, u32 fn, u32 index) {
#if MORE_CPUS > 0
  return cpu_start(apic_id, jh_resolve(fn), index);
#else
  trap(TRAP_UNREACHABLE); /* the SDK asks `more_cpus` first */
#endif
}
#endif
