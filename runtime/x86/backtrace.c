/* What a report asks: where the fault was, and who called. */

/* The syndrome: vector and error code. A call has pushed its return address: jumped to nowhere, it stands for the link register. */
INTRINSIC(u64, fault_value, u32 what) {
  const u64 values[] = {fault.pc, fault_address(), (u64)vector_of(&fault) << 32 | (u32)fault.error, 0, (uptr)(accessed() - LINEAR_BASE)};
  return what < sizeof values / sizeof *values ? values[what] : 0;
}

/* Both words of the record lie in mapped pages among those for stacks. */
static bool on_a_stack(uptr at) {
  return at % sizeof at == 0 && at > COMM_REGION && at < DEVICES_FIRST_PAGE * PAGE && at / PAGE != COMM_REGION / PAGE && pages[at / PAGE] != 0 &&
         pages[(at + sizeof at) / PAGE] != 0;
}

/* What runs there made no frame: its caller's address is where CALL has left it. */
static COLD bool is_wild_call(void) {
  return has_left_text(&fault) || (vector_of(&fault) == INVALID_OPCODE && trap_operand(fault.pc) == 0);
}

/* Bit 63 leaves it to the host whether the address before is code of the program's, which has a frame. */
#define LINK (1ull << 63)

/* Follows the frame records, which every function has (System V ABI AMD64, 3.2.2; i386, 2.2.2). A damaged stack ends the walk. */
INTRINSIC(u64, backtrace, u32 index) {
  if (is_wild_call() && on_a_stack(stack_of(&fault)) && index-- == 0) return *(const uptr *)stack_of(&fault) | LINK;
  for (uptr at = fault.bp; on_a_stack(at); at = ((const uptr *)at)[0])
    if (index-- == 0) return ((const uptr *)at)[1];
  return 0;
}
