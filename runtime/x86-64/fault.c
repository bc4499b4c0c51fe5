/* What an exception was, and where. */

/* As vectors.S pushes it; `vector_return` tells the vector. */
struct fault_frame {
  u64 address, ax, cx, dx, bx, bp, si, di, r8, r9, r10, r11, r12, r13, r14, r15;
  u64 vector_return, error, pc, cs, flags, sp, ss;
};

/* The one being reported, kept apart from stacks. */
static struct fault_frame fault;

enum { DIVIDE_ERROR = 0, INVALID_OPCODE = 6, PAGE_FAULT = 14 }; /* Intel SDM 3A, 6.15 */
enum { ERROR_FETCH = 1 << 4 };

extern const u8 exception_vectors[], __text_end[];

static u32 vector_of(const struct fault_frame *f) { return (f->vector_return - (u64)exception_vectors) / 8; }

/* The displacement of our UD1; 0: it is none. */
static COLD u32 trap_operand(u64 pc) {
  const u8 *code = (const u8 *)pc;
  if (pc + 7 > (u64)__text_end || code[0] != 0x0f || code[1] != 0xb9 || code[2] != 0x80) return 0;
  return *(const u32 *)(code + 3);
}

static COLD u32 kind_of_page_fault(u64 address, u64 error) {
  if (error & ERROR_FETCH) return FAULT_JUMP;
  if (address >= LINEAR_BASE) {
    u64 pointer = address - LINEAR_BASE;
    if (pointer < LINEAR_START) return FAULT_NULL;
    if (pointer < MEMORY_BYTES) return FAULT_OUT_OF_MEMORY;
    if (pointer < 1ul << 33) return TRAP_MEMORY;
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
  switch (vector_of(f)) {
  case INVALID_OPCODE: {
    u32 operand = trap_operand(f->pc);
    if (operand == 0) return FAULT_UNDEFINED;
    u32 code = operand >> 8 & 0xff;
    /* AssemblyScript's allocator gives up with it. */
    return code == TRAP_UNREACHABLE && memory_refused ? FAULT_OUT_OF_MEMORY : code;
  }
  case PAGE_FAULT: return kind_of_page_fault(f->address, f->error);
  case DIVIDE_ERROR: return TRAP_DIV_BY_ZERO;
  default: return FAULT_UNEXPECTED;
  }
}

/* CR2 says nothing of a UD1: `trap_at` puts its address into RAX. Other exceptions have none. An address in the device window, or in the page behind a device, is given as the
 * cell's own, which the user knows. */
static COLD u64 fault_address(void) {
  u32 vector = vector_of(&fault);
  u64 address = vector == PAGE_FAULT ? fault.address : vector == INVALID_OPCODE ? fault.ax : 0;
  u64 page = address / PAGE;
  if (page < DEVICES_FIRST_PAGE || page >= DEVICES_END_PAGE) return address;
  u64 behind = pages[page] ? 0 : 1;
  u64 entry = pages[page - behind];
  return entry ? (entry & OUTPUT_ADDRESS) + behind * PAGE + address % PAGE : address;
}

/* The syndrome: vector and error code. A call has pushed its return address: jumped to nowhere, it stands for the link register. */
INTRINSIC(u64, fault_value, u32 what) {
  const u64 values[] = {fault.pc, fault_address(), (u64)vector_of(&fault) << 32 | (u32)fault.error, 0, fault_address() - LINEAR_BASE};
  return what < sizeof values / sizeof *values ? values[what] : 0;
}

/* Both words of the record lie in mapped pages among those for stacks. */
static bool on_a_stack(u64 at) {
  return at % 8 == 0 && at > COMM_REGION && at < DEVICES_FIRST_PAGE * PAGE && at / PAGE != COMM_REGION / PAGE && pages[at / PAGE] != 0 &&
         pages[(at + 8) / PAGE] != 0;
}

/* What runs there made no frame: its caller's address is where CALL has left it. */
static COLD bool is_wild_call(void) {
  u32 vector = vector_of(&fault);
  return (vector == PAGE_FAULT && (fault.error & ERROR_FETCH)) || (vector == INVALID_OPCODE && trap_operand(fault.pc) == 0);
}

/* Bit 63 leaves it to the host whether the address before is code of the program's, which has a frame. */
#define LINK (1ul << 63)

/* Follows the frame records, which every function has (System V ABI AMD64, 3.2.2). A damaged stack ends the walk. */
INTRINSIC(u64, backtrace, u32 index) {
  if (is_wild_call() && on_a_stack(fault.sp) && index-- == 0) return *(const u64 *)fault.sp | LINK;
  for (u64 at = fault.bp; on_a_stack(at); at = ((const u64 *)at)[0])
    if (index-- == 0) return ((const u64 *)at)[1];
  return 0;
}
