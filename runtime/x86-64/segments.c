/* Segments and interrupt descriptors (Intel SDM 3A, 3.4.5, 6.14.1, 7.7): built at each start, as the CPU writes to them. */

#include "exceptions.h"

struct task_state {
  u32 reserved;
  u64 stacks[3], also_reserved, interrupt_stacks[7], reserved_too;
  u32 no_ports;
} __attribute__((packed));

enum { HANDLER_STACK = 1, REPORT_STACK = 2 }; /* among the interrupt stacks, from 1 on */

static u64 descriptors[FIRST_TASK / 8 + 2 * (MORE_CPUS + 1)];
static struct task_state tasks[MORE_CPUS + 1];
static struct {
  u64 low, high;
} gates[256];

struct descriptor_table {
  u16 limit;
  u64 address;
} __attribute__((packed));

static COLD void set_gate(u32 vector, u64 code, u32 stack) {
  gates[vector].low = (code & 0xffff) | CODE64 << 16 | (u64)stack << 32 | 0x8eul << 40 | (code >> 16 & 0xffff) << 48;
  gates[vector].high = code >> 32;
}

extern const u8 exception_vectors[], interrupt_vectors[], spurious_vector[];

/* The first CPU does it, before others run. */
static COLD void build_segments(void) {
  descriptors[CODE32 / 8] = 0x00cf9b000000ffff;
  descriptors[CODE64 / 8] = 0x00af9b000000ffff;
  descriptors[DATA_SEGMENT / 8] = 0x00cf93000000ffff;
  for (u32 i = 0; i < 32; i++) set_gate(i, (u64)exception_vectors + 8 * i, REPORT_STACK);
  for (u32 i = FIRST_VECTOR; i < END_OF_VECTORS; i++) set_gate(i, (u64)interrupt_vectors + 8 * (i - FIRST_VECTOR), HANDLER_STACK);
  set_gate(SPURIOUS_VECTOR, (u64)spurious_vector, HANDLER_STACK);
}

static COLD void load_segments(u32 cpu, u64 handler_stack, u64 report_stack) {
  struct task_state *task = &tasks[cpu];
  task->interrupt_stacks[HANDLER_STACK - 1] = handler_stack;
  task->interrupt_stacks[REPORT_STACK - 1] = report_stack;
  task->no_ports = sizeof *task << 16;
  u64 at = (u64)task;
  u64 *descriptor = &descriptors[FIRST_TASK / 8 + 2 * cpu];
  descriptor[0] = (sizeof *task - 1) | (at & 0xffffff) << 16 | 0x89ul << 40 | (at >> 24 & 0xff) << 56;
  descriptor[1] = at >> 32;
  struct descriptor_table gdt = {sizeof descriptors - 1, (u64)descriptors}, idt = {sizeof gates - 1, (u64)gates};
  __asm__ volatile("lgdt %0\n\tlidt %1\n\tltr %w2" ::"m"(gdt), "m"(idt), "r"(FIRST_TASK + TASK_BYTES * cpu) : "memory");
}
