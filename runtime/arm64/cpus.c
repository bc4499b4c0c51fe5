/* From here on the first CPU takes interrupts. */
ALWAYS void begin_interrupts(void) { __asm__ volatile("msr daifclr, #0xf" ::: "memory"); }

/* The cell's further CPUs, from CPU_ON to the end of their function. In an image for one CPU nothing of it is left. */

#if MORE_CPUS > 0

enum { PSCI_CPU_OFF = 0x84000002 }; /* Arm DEN 0022, 5.1 */
#define PSCI_CPU_ON 0xc4000003ul

/* What the CPU that starts another hands over: by number the code, which the other one takes out, and what `event_stream` and `map_ram` have set
 * up. */
static struct {
  u32 code[MORE_CPUS + 1];
  u64 event_stream, upper_tables, tables_control;
} started;

/* When it returns, the other CPU runs: Jailhouse calls it off for some time after CPU_ON. */
static COLD s64 cpu_start(u64 affinity, u32 code, u32 index) {
  extern char secondary_start[];
  if (index > STARTABLE_CPUS) trap(TRAP_UNREACHABLE);
#ifdef USES_map_ram
  if (ram_window_used == 0) enable_ram_window(); /* later it would be on for one CPU only */
#endif
  started.code[index] = code;
  __asm__ volatile("mrs %0, cntkctl_el1" : "=r"(started.event_stream));
  __asm__ volatile("mrs %0, ttbr1_el1" : "=r"(started.upper_tables));
  __asm__ volatile("mrs %0, tcr_el1" : "=r"(started.tables_control));
  __asm__ volatile("dsb ish" ::: "memory");
  s64 result = jh_smc(PSCI_CPU_ON, affinity, (level3[0] & OUTPUT_ADDRESS) + (u64)secondary_start, index);
  while (result == 0 && __atomic_load_n(&started.code[index], __ATOMIC_ACQUIRE) != 0) __asm__ volatile("yield");
  return result;
}

/* On its own stack, with the MMU on. */
__attribute__((noreturn, used)) COLD void further_cpu_main(u64 index) {
  __asm__ volatile(".cfi_undefined " RETURN_COLUMN); /* as in runtime_main */
  __asm__ volatile("msr cntkctl_el1, %0" ::"r"(started.event_stream));
  __asm__ volatile("msr ttbr1_el1, %0\n\tisb\n\tmsr tcr_el1, %1\n\tisb" ::"r"(started.upper_tables), "r"(started.tables_control));
  u32 code = __atomic_exchange_n(&started.code[index], 0, __ATOMIC_ACQ_REL);
  __asm__ volatile("msr daifclr, #0xf" ::: "memory");
  jh_invoke(code);
  __asm__ volatile("msr daifset, #0xf" ::: "memory");
  jh_smc(PSCI_CPU_OFF, 0, 0, 0);
  halt();
}

INTRINSIC(u32, cpu_index, void) { return this_cpu() - 1; }
#else
INTRINSIC(u32, cpu_index, void) { return 0; }
#endif

static u32 cpu_words[MORE_CPUS + 1][4];
INTRINSIC(u64, cpu_words, u32 index) { return (u64)cpu_words[index]; }
INTRINSIC(u32, more_cpus, void) { return STARTABLE_CPUS; }

#ifdef USES_cpu_start
INTRINSIC(s64, cpu_start, u64 affinity, u32 fn, u32 index) {
#if MORE_CPUS > 0
  return cpu_start(affinity, jh_resolve(fn), index);
#else
  trap(TRAP_UNREACHABLE); /* the SDK asks `more_cpus` first */
#endif
}
#endif
