/* Function references: what AssemblyScript passes is an index into the module's table; what `resolve` gives is wasm3's function. */
#pragma once
#include "engine.h"
#include "context.h"
#include "held-calls.h"

INTRINSIC(u32, resolve, u32 fn) {
  engine_function function = engine_table_function(fn, "");
  if (UNLIKELY(!function)) trap(TRAP_CALL_INDIRECT);
  return (u32)(uptr)function;
}

/* Runs a function where nothing of wasm3's runs yet: its stack begins at the lower end of the one in use. */
static NOINLINE void call_at_bottom(engine_function function, u32 argument) {
  u64 *stack = (u64 *)stack_at((uptr)__builtin_frame_address(0)).bottom;
  stack[0] = argument;
  engine_call(function, (u32 *)stack);
}
INTRINSIC(void, invoke, u32 code) { call_at_bottom((engine_function)(uptr)code, 0); }
/* The same within a call of wasm3's: from where its stack ends. */
ALWAYS void invoke_at(u32 code, u32 *sp) {
  if (UNLIKELY(!engine_is_function(code))) trap_at(FAULT_JUMP, code);
  engine_call((engine_function)(uptr)code, sp);
}

/* A fault that compiled programs do not have, and the SDK no words for: it is said in place of the first kind. */
#define FIRST_WORDS "unreachable code was reached\n"
#define FUEL_WORDS "the interrupt handler has used up its fuel\n"

static engine_function fault_function;
static COLD void call_fault(u32 kind) {
  end_fuel(); /* the report may take what it needs */
  if (kind == FAULT_FUEL) {
    use_words(FUEL_WORDS, engine_find_constant(FIRST_WORDS));
    kind = TRAP_UNREACHABLE;
  }
  if (fault_function) call_at_bottom(fault_function, kind);
}
#define EXPORT_FAULT(kind) call_fault(kind)
