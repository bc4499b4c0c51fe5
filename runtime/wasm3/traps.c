/* wasm3's traps as faults. */

/* Where in compiled code the CPU has trapped; 0: it has not. */
static const void *trapped_at[MORE_CPUS + 1];
#define BEFORE_CODE ((const void *)1)

#define DEFINE_TRAP(name, code)                                                          \
  __attribute__((noreturn, cold)) NOINLINE void engine_trap_##name(const void *pc) {     \
    trapped_at[this_cpu() - 1] = pc;                                                     \
    trap(code);                                                                          \
  }
DEFINE_TRAP(unreachable, TRAP_UNREACHABLE)
DEFINE_TRAP(division, TRAP_DIV_BY_ZERO)
DEFINE_TRAP(overflow, TRAP_INT_OVERFLOW)
DEFINE_TRAP(conversion, TRAP_INVALID_CONVERSION)
DEFINE_TRAP(indirect, TRAP_CALL_INDIRECT)
DEFINE_TRAP(fuel, FAULT_FUEL)

__attribute__((noreturn, cold)) NOINLINE void engine_trap_memory(const void *pc, u64 pointer) {
  trapped_at[this_cpu() - 1] = pc;
  trap_at(TRAP_MEMORY, LINEAR_BASE + pointer);
}

__attribute__((noreturn, cold)) NOINLINE void engine_trap_stack(void) {
  trapped_at[this_cpu() - 1] = BEFORE_CODE; /* the function has not begun: its caller is named */
  u32 overflow = stack_at((uptr)__builtin_frame_address(0)).overflow;
  if (overflow == FAULT_STACK_MAIN) trap(FAULT_STACK_MAIN);
  if (overflow == FAULT_STACK_CPU) trap(FAULT_STACK_CPU);
  trap(FAULT_STACK_HANDLER);
}

u32 engine_grow(u32 delta, u32 maximum) { return grow_memory(delta, maximum); }
