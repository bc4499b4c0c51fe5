/* What a report asks: where the fault was, and who called, as offsets into the module. */

/* In place of an offset: an interrupt came there; and where wasm3 itself was, no code of the module. */
#define INTERRUPT_MARK 0xffffffffu
#define NATIVE_MARK 0x80000000u

#define MOST_OFFSETS 48
static u32 trace[MOST_OFFSETS], traced;

static COLD void add_offset(u32 offset) {
  /* A function that calls itself is named once. */
  if (offset != 0 && traced < MOST_OFFSETS - 1 && (traced == 0 || trace[traced - 1] != offset)) trace[traced++] = offset;
}

/* The operation that was running, if it was one of wasm3's. */
static COLD u32 running_operation(const struct context *at) {
  for (u32 i = 0; i < at->count; i++) {
    uptr word = at->registers[i];
    u32 offset = word % sizeof(uptr) == 0 ? engine_offset_of_operation(word, at->pc) : 0;
    if (offset) return offset;
  }
  return 0;
}

/* The calls in progress, innermost first. */
static COLD void trace_calls(uptr from, struct stack stack) {
  for (uptr at = (from + sizeof at - 1) & -sizeof at; at >= stack.bottom && at + sizeof(struct call_record) <= stack.top; at += sizeof at) {
    const struct call_record *record = (const struct call_record *)at;
    if (record->check == (at ^ CALL_MARK)) add_offset(record->offset);
  }
}

static COLD void trace_fault(void) {
  struct context at = fault_context();
  const void *trapped = trapped_at[this_cpu() - 1];
  traced = 0;
  add_offset(trapped ? engine_offset_before(trapped) : running_operation(&at));
  struct stack stack = stack_at(at.sp);
  trace_calls(at.sp, stack);
  if (traced == 0) add_offset(NATIVE_MARK | (u32)fault.pc);
  if (stack.overflow == FAULT_STACK_HANDLER) {
    add_offset(INTERRUPT_MARK);
    at = interrupted_context(stack);
    add_offset(running_operation(&at));
    trace_calls(at.sp, stack_at(at.sp));
  }
  trace[traced] = 0;
}

INTRINSIC(u64, fault_value, u32 what) {
  if (what == 0) trace_fault();
  const u64 values[] = {trace[0], fault_address(), fault_syndrome(), 0, (uptr)(fault_address() - LINEAR_BASE)};
  return what < sizeof values / sizeof *values ? values[what] : 0;
}

INTRINSIC(u64, backtrace, u32 index) { return index + 1 < MOST_OFFSETS ? trace[index + 1] : 0; }
