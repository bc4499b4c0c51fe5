/** The CPUs, their time and their interrupts. */
import { ARM, EVERY, INMATE, plain, row } from "./row.ts";

export const cpu = [
  row(
    EVERY,
    "wait_interrupt(): void",
    "WFI: sleeps until an interrupt is pending, also a masked one. On x86 HLT, or PAUSE while interrupts are masked.",
  ),
  row(ARM, "wait_event(): void", "WFE: sleeps until an event (interrupt, SEV, event stream)."),
  row(EVERY, "relax(): void", "YIELD: says that this CPU spins."),
  row(INMATE, "interrupts_off(): u32", "Masks interrupts; returns the mask of before, for `interrupts_restore`."),
  row(INMATE, "interrupts_restore(mask: u32): void", "Sets the mask that `interrupts_off` returned; 0 unmasks."),
  row(EVERY, "barrier(): void", "DMB ISH: orders all memory accesses among the CPUs."),
  row(INMATE, "barrier_store(): void", "DMB ISHST: orders stores among the CPUs."),
  row(EVERY, "barrier_device(): void", "DSB SY: waits until all memory and device accesses before it are done."),
  row(INMATE, "cpu_id(): u64", "MPIDR_EL1's affinity fields (& 0xff00ffffff); on x86 the APIC ID."),
  row(INMATE, "halt(): void", "Masks everything and sleeps for ever: this CPU runs no more code."),
  row(INMATE, "note(value: u64): void", "Keeps a value for this CPU (TPIDR_EL0)."),
  row(INMATE, "noted(): u64", "What this CPU keeps."),
];

/** Several CPUs. An image for one CPU has nothing of it: there these are constants. */
export const cpus = [
  plain(INMATE, "more_cpus(): u32", "CPUs besides the first that the image has stacks for; a constant of the image."),
  plain(INMATE, "cpu_index(): u32", "Number of this CPU in the cell: 0 is the one that starts."),
  plain(
    INMATE,
    "cpu_words(index: u32): u64",
    "Native address of 16 bytes that the SDK keeps for a CPU; they are 0 at the start of the cell.",
  ),
  row(
    INMATE,
    "cpu_start(affinity: u64, fn: u32, index: u32): i64",
    "PSCI CPU_ON: that CPU calls the table function `fn` of type () => void as number `index`, and goes off when it returns. Gives PSCI's result.",
  ),
  row(INMATE, "report_begin(): void", "Waits until no other CPU reports a fault; what follows ends in `trap`."),
];

export const time = [
  row(EVERY, "counter(): u64", "CNTVCT_EL0 or the TSC, not read ahead of earlier instructions."),
  plain(
    [...INMATE, "cellbox-arm64"],
    "counter_hz(): u64",
    "Rate of `counter`: CNTFRQ_EL0; on x86 what the comm region says of the TSC.",
  ),
  row(ARM, "timer_compare(count: u64): void", "CNTV_CVAL_EL0: the virtual timer fires when the counter reaches it."),
  row(ARM, "timer_control(bits: u32): void", "CNTV_CTL_EL0: bit 0 enable, bit 1 mask."),
  row(ARM, "physical_counter(): u64", "CNTPCT_EL0, not read ahead of earlier instructions."),
  row(
    ARM,
    "physical_timer_compare(count: u64): void",
    "CNTP_CVAL_EL0: the physical timer fires when its counter reaches it.",
  ),
  row(ARM, "physical_timer_control(bits: u32): void", "CNTP_CTL_EL0: bit 0 enable, bit 1 mask."),
  row(
    ARM,
    "event_stream(log2: u32): void",
    "CNTKCTL_EL1: an event for WFE each 2^(log2+1) counts; 16 or above turns it off.",
  ),
];

export const interrupts = [
  row(ARM, "irq_entry(fn: u32): void", "The function (table index, type () => void) that the interrupt vector calls."),
  row(
    INMATE,
    "resolve(fn: u32): u32",
    "Code address of a table function of type () => void, checked once; for `invoke`.",
  ),
  row(INMATE, "invoke(code: u32): void", "Calls what `resolve` returned."),
  row(ARM, "icc_iar1(): u32", "ICC_IAR1_EL1: acknowledges the highest pending interrupt."),
  row(ARM, "icc_eoir1(id: u32): void", "ICC_EOIR1_EL1: ends the interrupt."),
  row(ARM, "icc_pmr(priority: u32): void", "ICC_PMR_EL1: priority mask."),
  row(ARM, "icc_ctlr(bits: u32): void", "ICC_CTLR_EL1."),
  row(ARM, "icc_igrpen1(bits: u32): void", "ICC_IGRPEN1_EL1: enables group 1."),
  row(ARM, "icc_sgi1r(value: u64): void", "ICC_SGI1R_EL1: sends a software-generated interrupt."),
];
