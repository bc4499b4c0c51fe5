/* What an exception was, and where. */

/* As vectors.S pushes it. */
struct fault_frame {
  u64 x[31];
  u64 sp, pc, syndrome, address;
};

/* The one being reported, kept apart from stacks. */
static struct fault_frame fault;

/* Too small for a program, large enough for a report. */
__attribute__((aligned(16), section(".report_stack"), used)) char report_stack[REPORT_STACK_SIZE];
__asm__(".global report_stack_end\n.set report_stack_end, report_stack + " STRINGIFY(REPORT_STACK_SIZE));

/* Exception classes and fault status (Arm ARM D17.2.37). */
enum { EC_UNKNOWN = 0x00, EC_INSTRUCTION_ABORT = 0x21, EC_PC_ALIGNMENT = 0x22, EC_DATA_ABORT = 0x25, EC_SP_ALIGNMENT = 0x26, EC_SERROR = 0x2f, EC_BRK = 0x3c };
enum { DFSC_EXTERNAL = 0x10, DFSC_ALIGNMENT = 0x21 };

static COLD u32 kind_of_data_abort(u64 address, u32 status) {
  if (status == DFSC_ALIGNMENT) return FAULT_MISALIGNED;
  if (status == DFSC_EXTERNAL) return FAULT_SERROR;
  if (address >= LINEAR_BASE) {
    u64 pointer = address - LINEAR_BASE;
    if (pointer < LINEAR_START) return FAULT_NULL;
    if (pointer < MEMORY_BYTES) return FAULT_OUT_OF_MEMORY;
    if (pointer < LINEAR_WINDOW) return TRAP_MEMORY;
  } else if (address >= STACKS_END) {
    return FAULT_UNMAPPED;
  } else if (address >= MAIN_STACK_TOP) {
    return FAULT_STACK_HANDLER;
  } else if (address >= DEVICES_END_PAGE * PAGE) {
    return FAULT_STACK_MAIN;
  } else if (MORE_CPUS > 0 && address >= CPU_STACKS && address < CPU_STACKS_END) {
    return (address - CPU_STACKS) % CPU_SLOT < PAGE ? FAULT_STACK_CPU : FAULT_STACK_HANDLER;
  }
  return FAULT_UNMAPPED;
}

static COLD u32 kind_of_fault(const struct fault_frame *f) {
  u32 class = f->syndrome >> 26 & 0x3f;
  switch (class) {
  case EC_BRK: {
    u32 code = f->syndrome >> 8 & 0xff;
    /* AssemblyScript's allocator gives up with it. */
    return code == TRAP_UNREACHABLE && memory_refused ? FAULT_OUT_OF_MEMORY : code;
  }
  case EC_DATA_ABORT: return kind_of_data_abort(f->address, f->syndrome & 0x3f);
  case EC_INSTRUCTION_ABORT:
  case EC_PC_ALIGNMENT: return FAULT_JUMP;
  case EC_UNKNOWN: return FAULT_UNDEFINED;
  case EC_SERROR: return FAULT_SERROR;
  case EC_SP_ALIGNMENT:
  default: return FAULT_UNEXPECTED;
  }
}

/* FAR_EL1 says nothing of a brk: `trap_at` puts its address into x16. An address in the device window, or in the page behind a device, is given
 * as the cell's own, which the user knows. */
static COLD u64 fault_address(void) {
  u64 address = fault.syndrome >> 26 == EC_BRK ? fault.x[16] : fault.address;
  u64 page = address / PAGE;
  if (page < COMM_REGION / PAGE || page > DEVICES_END_PAGE) return address;
  u64 behind = level3[page] ? 0 : 1;
  u64 entry = level3[page - behind];
  return entry ? (entry & OUTPUT_ADDRESS) + behind * PAGE + address % PAGE : address;
}
