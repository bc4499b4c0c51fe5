/* From an exception to a report. The words are in `sdk/fault.ts`; here is how to go on when nothing works. What the exception was, `kind_of_fault`,
 * says the machine. */

enum { COMM_STATE = 8, STATE_SHUT_DOWN = 2, STATE_FAILED = 3, STATE_WRONG_REVISION = 4 }; /* jailhouse-abi 2 */

/* How many faults there have been since the one being reported: a report may fault itself. */
static u32 faults;

#if MORE_CPUS > 0
/* `this_cpu` of who reports, 0: nobody. The vectors of a machine where CPUs share a stack for reports take it, too. */
__attribute__((used)) u32 report_owner;

static COLD void own_report(void) {
  u32 nobody;
  do {
    nobody = 0;
    if (__atomic_load_n(&report_owner, __ATOMIC_RELAXED) == this_cpu()) return;
  } while (!__atomic_compare_exchange_n(&report_owner, &nobody, this_cpu(), false, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED));
}
static COLD void release_report(void) {
  faults = 0;
  if (report_owner == this_cpu()) __atomic_store_n(&report_owner, 0, __ATOMIC_RELEASE);
}
#else
#define own_report()
#define release_report()
#endif
INTRINSIC(void, report_begin, void) { own_report(); }

static __attribute__((noreturn, cold)) void end(u32 state) {
  *(volatile u32 *)(u64)(COMM_REGION + COMM_STATE) = state;
  jh_barrier_device();
  release_report();
  halt();
}

/* The report works on memory as it was at the start: the program may have overwritten what the console needs. Other CPUs still work on it: there
 * only when it turns out to be broken.
 *
 * Called by the vectors with everything masked. A fault while reporting is said, with the first one's addresses; one while that is said ends
 * without words, but with the state set. */
__attribute__((noreturn, used)) COLD void report_fault(const struct fault_frame *frame) {
  static u32 kind;
  own_report();
  if (faults++ == 0) {
    fault = *frame;
    kind = kind_of_fault(frame);
    if (STARTABLE_CPUS == 0) restore_data();
    EXPORT_FAULT(kind);
  } else if (faults == 2) {
    if (STARTABLE_CPUS > 0) restore_data();
    EXPORT_FAULT(FAULT_IN_REPORT);
  }
  end(kind == FAULT_COMM_REGION ? STATE_WRONG_REVISION : STATE_FAILED);
}
