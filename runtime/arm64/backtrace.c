/* What a report asks: where the fault was, and who called. */

INTRINSIC(u64, fault_value, u32 what) {
  const u64 values[] = {fault.pc, fault_address(), fault.syndrome, fault.x[30], fault_address() - LINEAR_BASE};
  return what < sizeof values / sizeof *values ? values[what] : 0;
}

/* Both words of the record lie in mapped pages among those for stacks. */
static bool on_a_stack(u64 at) {
  bool among_stacks = (at >= DEVICES_END_PAGE * PAGE && at < LINEAR_BASE) || (at >= CPU_STACKS && at < CPU_STACKS_END);
  return at % 8 == 0 && among_stacks && level3[at / PAGE] != 0 && level3[(at + 8) / PAGE] != 0;
}

#define LINK (1ul << 63) /* no code is there */

/* Follows the frame records (AAPCS64 6.4.6): each is the caller's record and the return address. A function that has none (yet) has its return
 * address in the link register; only the debug information knows, so that register comes too, marked by LINK, after the address it may belong
 * to. So does the one of a function that an interrupt came upon, which the vector saved behind its record. A damaged stack ends the walk. */
INTRINSIC(u64, backtrace, u32 index) {
  extern char interrupt_return[];
  bool interrupted = false;
  if (index-- == 0) return fault.x[30] | LINK;
  for (u64 at = fault.x[29]; on_a_stack(at); at = ((const u64 *)at)[0]) {
    u64 address = ((const u64 *)at)[1];
    if (index-- == 0) return address;
    if (interrupted && index-- == 0) return ((const u64 *)at)[2] | LINK;
    interrupted = address == (u64)interrupt_return;
  }
  return 0;
}
