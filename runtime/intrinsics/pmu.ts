/** Performance monitors of Arm, PMUv3 (Arm ARM D13, registers in D19.5), and what an inmate looks at of its translation. x86 has MSRs. */
import { ARM, row } from "./row.ts";

/** A counter's own registers are reached by PMSELR_EL0, with interrupts held back in between: a handler may use another counter. */
export const pmu = [
  row(ARM, "pmu_version(): u32", "ID_AA64DFR0_EL1.PMUVer: 0 and 15 mean that there is no PMUv3."),
  row(ARM, "pmu_control(): u32", "PMCR_EL0; bits 15:11 are the event counters that this exception level may use."),
  row(ARM, "pmu_set_control(bits: u32): void", "PMCR_EL0, then ISB."),
  row(ARM, "pmu_enable(mask: u32): void", "PMCNTENSET_EL0, then ISB; bit 31 is the cycle counter's."),
  row(ARM, "pmu_disable(mask: u32): void", "PMCNTENCLR_EL0, then ISB."),
  row(ARM, "pmu_interrupts_on(mask: u32): void", "PMINTENSET_EL1: an overflow of these raises the interrupt."),
  row(ARM, "pmu_interrupts_off(mask: u32): void", "PMINTENCLR_EL1."),
  row(ARM, "pmu_overflows(): u32", "PMOVSSET_EL0: the counters that have overflowed."),
  row(ARM, "pmu_clear_overflows(mask: u32): void", "PMOVSCLR_EL0, then ISB: the interrupt's line follows."),
  row(ARM, "pmu_cycles(): u64", "PMCCNTR_EL0, not read ahead of earlier instructions."),
  row(ARM, "pmu_filter_cycles(bits: u32): void", "PMCCFILTR_EL0: 0 counts at EL1 and EL0, not at EL2."),
  row(ARM, "pmu_event(counter: u32, event: u32): void", "PMEVTYPER<counter>_EL0: what it counts, at EL1 and EL0."),
  row(ARM, "pmu_count(counter: u32): u32", "PMEVCNTR<counter>_EL0, not read ahead of earlier instructions."),
  row(ARM, "pmu_set_count(counter: u32, value: u32): void", "PMEVCNTR<counter>_EL0, then ISB."),
  row(ARM, "pmu_increment(mask: u32): void", "PMSWINC_EL0: counts one SW_INCR event on each of these."),
  row(ARM, "pmu_events(n: u32): u64", "PMCEID<n>_EL0: which common events this CPU counts; n is 0 or 1."),
];

export const translation = [
  row(ARM, "system_control(): u64", "SCTLR_EL1."),
  row(ARM, "translation_control(): u64", "TCR_EL1."),
  row(ARM, "translate(address: u64): u64", "AT S1E1R: PAR_EL1 for a native address."),
];
