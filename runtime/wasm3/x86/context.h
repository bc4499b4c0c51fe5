/* What was running, for the report: by the exception's frame, or by what the interrupt's vector has saved. */
#pragma once
#include "saved.h"

struct stack {
  uptr bottom, top;
  u32 overflow; /* the fault when it runs over */
};

static COLD struct stack stack_below(uptr top, uptr bytes, u32 overflow) { return (struct stack){top - bytes, top, overflow}; }

/* The stack that an address is on. */
static COLD struct stack stack_at(uptr at) {
  if (at > CPU_STACKS && at < CPU_STACKS_END) {
    uptr slot = (at - 1 - CPU_STACKS) / CPU_SLOT * CPU_SLOT + CPU_STACKS;
    uptr top = slot + PAGE + CPU_STACK_SIZE;
    if (at <= top) return stack_below(top, CPU_STACK_SIZE, FAULT_STACK_CPU);
    top += PAGE + HANDLER_STACK_SIZE;
    if (at <= top) return stack_below(top, HANDLER_STACK_SIZE, FAULT_STACK_HANDLER);
    return stack_below(top + PAGE + REPORT_STACK_SIZE, REPORT_STACK_SIZE, FAULT_STACK_HANDLER);
  }
  if (at > HANDLER_STACK_TOP) return stack_below(REPORT_STACK_TOP, REPORT_STACK_SIZE, FAULT_STACK_HANDLER);
  if (at > MAIN_STACK_TOP) return stack_below(HANDLER_STACK_TOP, HANDLER_STACK_SIZE, FAULT_STACK_HANDLER);
  return stack_below(MAIN_STACK_TOP, free_ram.main_stack, FAULT_STACK_MAIN);
}

struct context {
  const uptr *registers;
  u32 count;
  uptr pc, sp;
};

#define fault_syndrome() ((u64)vector_of(&fault) << 32 | (u32)fault.error)
static COLD struct context fault_context(void) {
  const uptr *first = (const uptr *)&fault.address + 1, *end = (const uptr *)&fault.vector_return;
  return (struct context){first, (u32)(end - first), fault.pc, stack_of(&fault)};
}

/* By CPU the frame record that the vector has made for its handler: below it the registers that it pushed. */
static const uptr *interrupted[MORE_CPUS + 1];
static COLD struct context interrupted_context(struct stack stack) {
  const uptr *record = interrupted[this_cpu() - 1];
  if (!record) return (struct context){NULL, 0, 0, 0};
  return (struct context){record - SAVED_BELOW_RECORD, SAVED_BELOW_RECORD, record[1], STACK_ABOVE_RECORD(record)};
}
