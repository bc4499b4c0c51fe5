/* Segments and interrupt descriptors (Intel SDM 3A, 3.4.5, 6.11, 7.2): built at each start, as the CPU writes to them.
 *
 * Interrupts and exceptions push on the stack in use and leave it then (vectors.S). When it has run over, pushing is what fails: the double fault is a
 * task, which needs nothing of that stack. On Intel's CPUs a change of tasks ends in the hypervisor (SDM 3C, 26.2), which stops the CPU with a report
 * of its own: the cell is failed all the same. */

#include "fault-frame.h"

__attribute__((noreturn)) void report_fault(const struct fault_frame *frame);

struct task_state {
  u32 link, inner_stacks[6], cr3, pc, flags, ax, cx, dx, bx, sp, bp, si, di, es, cs, ss, ds, fs, gs, ldt;
  u16 trap, no_ports;
};

enum { DOUBLE_FAULT = 8, TASK_GATE = 0x85, INTERRUPT_GATE = 0x8e };
#define TASK_IS_BUSY (1ull << 41)

static u64 descriptors[MORE_CPUS + 1][FIRST_TASK / 8 + MORE_CPUS + 1];
static struct task_state tasks[MORE_CPUS + 1], overflow_tasks[MORE_CPUS + 1];
static u64 gates[256];
#if MORE_CPUS > 0
/* By CPU, for the vectors. */
__attribute__((used)) u32 handler_stacks[MORE_CPUS + 1], report_stacks[MORE_CPUS + 1];
#endif

struct descriptor_table {
  u16 limit;
  u32 address;
} __attribute__((packed));

static COLD u64 gate(u32 type, u32 selector, u32 code) { return (u64)((code & 0xffff0000) | type << 8) << 32 | selector << 16 | (code & 0xffff); }

static COLD u64 segment(u64 flags, u32 base, u32 limit) {
  return flags | (u64)(base >> 24) << 56 | (u64)(limit >> 16) << 48 | (u64)(base & 0xffffff) << 16 | (limit & 0xffff);
}

extern const u8 interrupt_vectors[], spurious_vector[];

/* The first CPU does it, before others run. */
static COLD void build_segments(void) {
  for (u32 i = 0; i < 32; i++) gates[i] = gate(INTERRUPT_GATE, CODE32, (u32)exception_vectors + 8 * i);
  gates[DOUBLE_FAULT] = gate(TASK_GATE, OVERFLOW_TASK, 0);
  for (u32 i = FIRST_VECTOR; i < END_OF_VECTORS; i++) gates[i] = gate(INTERRUPT_GATE, CODE32, (u32)interrupt_vectors + 8 * (i - FIRST_VECTOR));
  gates[SPURIOUS_VECTOR] = gate(INTERRUPT_GATE, CODE32, (u32)spurious_vector);
}

/* Says what the task that the CPU has left was doing. Floating point is off after a change of tasks until CLTS. */
static __attribute__((noreturn)) COLD void stack_overflow(u32 cpu) {
  __asm__ volatile(".cfi_undefined " RETURN_COLUMN); /* nobody has called it */
  __asm__ volatile("clts" ::: "memory");
  descriptors[cpu][FIRST_TASK / 8 + cpu] &= ~TASK_IS_BUSY;
  descriptors[cpu][OVERFLOW_TASK / 8] &= ~TASK_IS_BUSY;
  __asm__ volatile("ltr %w0" ::"r"(FIRST_TASK + TASK_BYTES * cpu) : "memory");
  const struct task_state *t = &tasks[cpu];
  struct fault_frame frame = {
      .di = t->di, .si = t->si, .bp = t->bp, .bx = t->bx, .dx = t->dx, .cx = t->cx, .ax = t->ax, .pc = t->pc, .flags = t->flags,
      .vector_return = (u32)exception_vectors + 8 * PAGE_FAULT + 7,
  };
  __asm__("mov %%cr2, %0" : "=r"(frame.address));
  report_fault(&frame);
}

static COLD void load_segments(u32 cpu, u32 handler_stack, u32 report_stack) {
  /* As a function's argument, below which the CPU pushes an error code in place of a return address. */
  u32 *argument = (u32 *)(report_stack - 16);
  *argument = cpu;
#if MORE_CPUS > 0
  handler_stacks[cpu] = handler_stack;
  report_stacks[cpu] = report_stack - 16;
#endif
  struct task_state *overflow = &overflow_tasks[cpu];
  __asm__("mov %%cr3, %0" : "=r"(overflow->cr3));
  overflow->pc = (u32)stack_overflow;
  overflow->sp = (u32)argument;
  overflow->flags = 2;
  overflow->cs = CODE32;
  overflow->es = overflow->ss = overflow->ds = DATA_SEGMENT;
  overflow->no_ports = tasks[cpu].no_ports = sizeof *overflow;

  u64 *own = descriptors[cpu];
  own[CODE32 / 8] = segment(0x00409b0000000000, 0, (u32)__text_end - 1);
  own[DATA_SEGMENT / 8] = 0x00cf93000000ffff;
  own[OVERFLOW_TASK / 8] = segment(0x890000000000, (u32)overflow, sizeof *overflow - 1);
  own[FIRST_TASK / 8 + cpu] = segment(0x890000000000, (u32)&tasks[cpu], sizeof tasks[cpu] - 1);
  struct descriptor_table gdt = {sizeof *descriptors - 1, (u32)own}, idt = {sizeof gates - 1, (u32)gates};
  __asm__ volatile("lgdt %0\n\tlidt %1\n\tltr %w2\n\tljmp %3, $1f\n1:" ::"m"(gdt), "m"(idt), "r"(FIRST_TASK + TASK_BYTES * cpu), "i"(CODE32) : "memory");
}
