/* Operations of our own in place of some of wasm3's: those where its traps, its stack and its memory are not ours. EmitOp puts them into
 * compiled code. */
#pragma once

/* A trap is a fault at once, so a call never comes back with one. The record is for the report: who called. `at`, the offset of the call, comes
 * first of what is an operation's own in compiled code: EmitOp writes it. */
#define RECORDED(at, work)                                                     \
  do {                                                                         \
    volatile struct call_record record;                                        \
    record.offset = at;                                                        \
    record.check = (uptr)&record ^ CALL_MARK;                                  \
    work;                                                                      \
    record.check = 0;                                                          \
  } while (0)
/* An intrinsic gets the record in the place of r0; a function begins with a register of its own. */
#define RECORDED_CALL(at, target, sp) \
  RECORDED(at, ((IM3Operation)*(pc_t)(target))((pc_t)(target) + 1, sp, _mem, (uptr)&record, 0.))

d_m3Op(OwnCall) {
  u32 at = immediate(u32);
  pc_t target = immediate(pc_t);
  i32 offset = immediate(i32);
  RECORDED_CALL(at, target, _sp + offset);
  nextOp();
}

d_m3Op(OwnCallIndirect) {
  u32 at = immediate(u32);
  u32 index = slot(u32);
  IM3Module module = immediate(IM3Module);
  IM3FuncType type = immediate(IM3FuncType);
  i32 offset = immediate(i32);
  IM3Function function = index < module->table0Size ? module->table0[index] : NULL;
  if (UNLIKELY(!function || function->funcType != type)) engine_trap_indirect(_pc);
  RECORDED_CALL(at, function->compiled, _sp + offset);
  nextOp();
}

/* The interpreter's stack and the C stack are one, and grow towards each other: what has to be left between them for what C does without
 * asking, the operations and the intrinsics. */
#define STACK_RESERVE 1024

ALWAYS uptr stack_pointer(void) {
  uptr sp;
#if defined __aarch64__
  __asm__ volatile("mov %0, sp" : "=r"(sp));
#elif defined __x86_64__
  __asm__ volatile("mov %%rsp, %0" : "=r"(sp));
#else
  __asm__ volatile("mov %%esp, %0" : "=r"(sp));
#endif
  return sp;
}

#define NO_LIBRARY _Pragma("clang loop unroll(disable) vectorize(disable)")

d_m3Op(OwnEntry) {
  IM3Function function = immediate(IM3Function);
  if (UNLIKELY((uptr)(_sp + function->maxStackSlots) + STACK_RESERVE > stack_pointer())) engine_trap_stack();
  u32 *to = (u32 *)_sp + function->numRetAndArgSlots;
  u32 *end = to + function->numLocalBytes / sizeof *to;
  NO_LIBRARY while (to < end) {
    *to++ = 0;
    __asm__ volatile("" ::: "memory"); /* a call of memset would cost more */
  }
  const u32 *from = function->constants;
  end = to + function->numConstantBytes / sizeof *to;
  NO_LIBRARY while (to < end) {
    *to++ = *from++;
    __asm__ volatile("" ::: "memory");
  }
  d_m3ClearRegisters
  nextOp();
}

/* The same, counted. */
d_m3Op(CountedEntry) {
  engine_burn(_pc);
  return op_OwnEntry(d_m3OpAllArgs);
}

/* Memory never moves. */
d_m3Op(OwnLoop) {
  m3ret_t result;
  d_m3ClearRegisters do result = nextOpImpl();
  while (result == _pc);
  return result;
}

d_m3Op(CountedLoop) {
  m3ret_t result;
  d_m3ClearRegisters do {
    engine_burn(_pc);
    result = nextOpImpl();
  }
  while (result == _pc);
  return result;
}

d_m3Op(OwnMemGrow) {
  IM3Memory memory = m3MemInfo(_mem);
  u32 before = engine_grow((u32)_r0, memory->maxPages);
  if (before != ~0u) {
    memory->numPages = before + (u32)_r0;
    _mem->length = (size_t)memory->numPages << 16;
  }
  _r0 = (i32)before;
  nextOp();
}

/* Only the MMU knows where memory ends that RAM backs: a fault comes out of a copy, whose operation only the record tells. */
d_m3Op(OwnMemCopy) {
  u32 at = immediate(u32);
  u64 size = (u32)_r0;
  u64 source = slot(u32);
  u64 destination = slot(u32);
  if (UNLIKELY(destination + size > _mem->length)) engine_trap_memory(_pc, destination);
  if (UNLIKELY(source + size > _mem->length)) engine_trap_memory(_pc, source);
  u8 *memory = m3MemData(_mem);
  RECORDED(at, memmove(memory + destination, memory + source, size));
  nextOp();
}

d_m3Op(OwnMemFill) {
  u32 at = immediate(u32);
  u64 size = (u32)_r0;
  u32 byte = slot(u32);
  u64 destination = slot(u32);
  if (UNLIKELY(destination + size > _mem->length)) engine_trap_memory(_pc, destination);
  u8 *memory = m3MemData(_mem);
  RECORDED(at, memset(memory + destination, (u8)byte, size));
  nextOp();
}

/* Those that leave a record; a call of a function that is not compiled yet becomes one. */
static bool is_recorded(IM3Operation operation) {
  return operation == op_Call || operation == op_Compile || operation == op_CallIndirect || operation == op_MemCopy || operation == op_MemFill;
}

static bool limits_handlers;

static IM3Operation own_operation(IM3Operation operation) {
  if (operation == op_Call) return op_OwnCall;
  if (operation == op_CallIndirect) return op_OwnCallIndirect;
  if (operation == op_Entry) return limits_handlers ? op_CountedEntry : op_OwnEntry;
  if (operation == op_Loop) return limits_handlers ? op_CountedLoop : op_OwnLoop;
  if (operation == op_MemGrow) return op_OwnMemGrow;
  if (operation == op_MemCopy) return op_OwnMemCopy;
  if (operation == op_MemFill) return op_OwnMemFill;
  return operation;
}
