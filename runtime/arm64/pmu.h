/* Performance monitors (Arm ARM D13). Accesses take effect at a context synchronisation event (D13.8), and a counter may be read ahead of
 * what it counts: hence the ISBs. */
#pragma once

INTRINSIC(u32, pmu_version, void) {
  u64 features;
  __asm__("mrs %0, id_aa64dfr0_el1" : "=r"(features));
  return features >> 8 & 0xf;
}
DEFINE_READ(pmu_control, u32, "pmcr_el0")
DEFINE_WRITE(pmu_set_control, u32, "pmcr_el0", "\n\tisb")
DEFINE_WRITE(pmu_enable, u32, "pmcntenset_el0", "\n\tisb")
DEFINE_WRITE(pmu_disable, u32, "pmcntenclr_el0", "\n\tisb")
DEFINE_WRITE(pmu_interrupts_on, u32, "pmintenset_el1", "\n\tisb")
DEFINE_WRITE(pmu_interrupts_off, u32, "pmintenclr_el1", "\n\tisb")
DEFINE_READ(pmu_overflows, u32, "pmovsset_el0")
DEFINE_WRITE(pmu_clear_overflows, u32, "pmovsclr_el0", "\n\tisb")
DEFINE_WRITE(pmu_filter_cycles, u32, "pmccfiltr_el0", "\n\tisb")
DEFINE_WRITE(pmu_increment, u32, "pmswinc_el0", "")
INTRINSIC(u64, pmu_cycles, void) {
  u64 cycles;
  __asm__ volatile("isb\n\tmrs %0, pmccntr_el0" : "=r"(cycles)::"memory");
  return cycles;
}

/* PMSELR_EL0 is one for program and handlers. */
#define DEFINE_COUNTER_WRITE(name, reg)                                                                                      \
  INTRINSIC(void, name, u32 counter, u32 value) {                                                                            \
    u64 mask;                                                                                                                \
    __asm__ volatile("mrs %0, daif\n\tmsr daifset, #2\n\tmsr pmselr_el0, %1\n\tisb\n\tmsr " reg ", %2\n\tisb\n\tmsr daif, %0" \
                     : "=&r"(mask) : "r"((u64)counter), "r"((u64)value) : "memory");                                          \
  }
DEFINE_COUNTER_WRITE(pmu_event, "pmxevtyper_el0")
DEFINE_COUNTER_WRITE(pmu_set_count, "pmxevcntr_el0")
INTRINSIC(u32, pmu_count, u32 counter) {
  u64 mask, count;
  __asm__ volatile("mrs %0, daif\n\tmsr daifset, #2\n\tmsr pmselr_el0, %2\n\tisb\n\tmrs %1, pmxevcntr_el0\n\tmsr daif, %0"
                   : "=&r"(mask), "=&r"(count) : "r"((u64)counter) : "memory");
  return count;
}
INTRINSIC(u64, pmu_events, u32 n) {
  u64 low, high;
  __asm__("mrs %0, pmceid0_el0\n\tmrs %1, pmceid1_el0" : "=r"(low), "=r"(high));
  return n == 0 ? low : high;
}

/* ---- Translation ---- */

DEFINE_READ(system_control, u64, "sctlr_el1")
DEFINE_READ(translation_control, u64, "tcr_el1")
INTRINSIC(u64, translate, u64 address) {
  u64 result;
  __asm__ volatile("at s1e1r, %1\n\tisb\n\tmrs %0, par_el1" : "=r"(result) : "r"(address) : "memory");
  return result;
}
