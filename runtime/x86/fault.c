/* What an exception was, and where. */

#include "fault-frame.h"

/* The one being reported, kept apart from stacks. */
static struct fault_frame fault;

/* The displacement of our UD1; 0: it is none. */
static COLD u32 trap_operand(uptr pc) {
  const u8 *code = (const u8 *)pc;
  if (pc + 7 > (uptr)__text_end || code[0] != 0x0f || code[1] != 0xb9 || code[2] != 0x80) return 0;
  return *(const u32 *)(code + 3);
}

static COLD u32 kind_of_page_fault(uptr address) {
  if (address >= LINEAR_BASE) {
    uptr pointer = address - LINEAR_BASE;
    if (pointer < LINEAR_START) return FAULT_NULL;
    if (pointer < MEMORY_BYTES) return FAULT_OUT_OF_MEMORY;
    if (pointer < LINEAR_WINDOW) return TRAP_MEMORY;
  } else if (address >= DEVICES_FIRST_PAGE * PAGE) {
    return FAULT_UNMAPPED;
  } else if (address >= MAIN_STACK_TOP) {
    return FAULT_STACK_HANDLER;
  } else if (address >= MAIN_STACK_LIMIT - PAGE) {
    return FAULT_STACK_MAIN;
  } else if (MORE_CPUS > 0 && address >= CPU_STACKS && address < CPU_STACKS_END) {
    return (address - CPU_STACKS) % CPU_SLOT < PAGE ? FAULT_STACK_CPU : FAULT_STACK_HANDLER;
  }
  return FAULT_UNMAPPED;
}

static COLD u32 kind_of_fault(const struct fault_frame *f) {
  if (has_left_text(f)) return FAULT_JUMP;
  switch (vector_of(f)) {
  case INVALID_OPCODE: {
    u32 operand = trap_operand(f->pc);
    if (operand == 0) return FAULT_UNDEFINED;
    u32 code = operand >> 8 & 0xff;
    /* AssemblyScript's allocator gives up with it. */
    return code == TRAP_UNREACHABLE && memory_refused ? FAULT_OUT_OF_MEMORY : code;
  }
  case PAGE_FAULT: return kind_of_page_fault(f->address);
  case DIVIDE_ERROR: return TRAP_DIV_BY_ZERO;
  default: return FAULT_UNEXPECTED;
  }
}

/* CR2 says nothing of a UD1: `trap_at` puts its address into RAX. Other exceptions have none. */
static COLD uptr accessed(void) {
  if (has_left_text(&fault)) return fault.pc;
  switch (vector_of(&fault)) {
  case PAGE_FAULT: return fault.address;
  case INVALID_OPCODE: return fault.ax;
  default: return 0;
  }
}

/* An address in the device window, or in the page behind a device, is given as the cell's own, which the user knows. */
static COLD u64 fault_address(void) {
  uptr address = accessed();
  uptr page = address / PAGE;
  if (page < DEVICES_FIRST_PAGE || page >= DEVICES_END_PAGE) return address;
  uptr behind = pages[page] ? 0 : 1;
  u64 entry = pages[page - behind];
  return entry ? (entry & OUTPUT_ADDRESS) + behind * PAGE + address % PAGE : address;
}
