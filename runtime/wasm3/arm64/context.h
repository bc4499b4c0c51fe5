/* What was running, for the report: by the exception's frame, or by what the interrupt's vector has saved. */
#pragma once

struct stack {
  uptr bottom, top;
  u32 overflow; /* the fault when it runs over */
};

/* The stack that an address is on. */
static COLD struct stack stack_at(uptr at) {
  if (at >= (uptr)report_stack && at <= (uptr)report_stack + REPORT_STACK_SIZE)
    return (struct stack){(uptr)report_stack, (uptr)report_stack + REPORT_STACK_SIZE, FAULT_STACK_HANDLER};
  if (at >= CPU_STACKS && at <= CPU_STACKS_END) {
    uptr slot = (at - 1 - CPU_STACKS) / CPU_SLOT * CPU_SLOT + CPU_STACKS;
    if (at <= slot + PAGE + CPU_STACK_SIZE) return (struct stack){slot + PAGE, slot + PAGE + CPU_STACK_SIZE, FAULT_STACK_CPU};
    return (struct stack){slot + CPU_SLOT - HANDLER_STACK_SIZE, slot + CPU_SLOT, FAULT_STACK_HANDLER};
  }
  if (at > MAIN_STACK_TOP && at <= HANDLER_STACK_TOP)
    return (struct stack){HANDLER_STACK_TOP - HANDLER_STACK_SIZE, HANDLER_STACK_TOP, FAULT_STACK_HANDLER};
  return (struct stack){MAIN_STACK_TOP - free_ram.main_stack, MAIN_STACK_TOP, FAULT_STACK_MAIN};
}

struct context {
  const uptr *registers;
  u32 count;
  uptr pc, sp;
};

#define fault_syndrome() fault.syndrome
static COLD struct context fault_context(void) { return (struct context){(const uptr *)fault.x, 31, fault.pc, fault.sp}; }

/* What the handler on this stack has interrupted: vectors.S saves it first of all. */
static COLD struct context interrupted_context(struct stack stack) {
  const uptr *saved = (const uptr *)(stack.top - 176);
  return (struct context){saved, 18, saved[19], saved[21]};
}
