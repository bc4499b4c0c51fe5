/* Runs a plan in wasm3 and prints outcomes as ../driver.h does. The machine defines print_byte, FRESH_HEAP() before each module, and the sizes of
 * wasm3's stack. */
#include <stdint.h>
#include <string.h>
#include "plan.h"
#include "traps.h"
#include "wasm3.h"

static void print_hex(uint64_t value, unsigned digits) {
  while (digits-- > 0) print_byte("0123456789abcdef"[value >> (4 * digits) & 15]);
}
static void print_text(const char *text) {
  while (*text) print_byte(*text++);
}

static unsigned kind_of(M3Result result) {
  const struct {
    M3Result result;
    unsigned kind;
  } kinds[] = {
      {m3Err_trapOutOfBoundsMemoryAccess, TRAP_MEMORY},      {m3Err_trapDivisionByZero, TRAP_DIV_BY_ZERO},
      {m3Err_trapIntegerOverflow, TRAP_INT_OVERFLOW},        {m3Err_trapIntegerConversion, TRAP_INVALID_CONVERSION},
      {m3Err_trapIndirectCallTypeMismatch, TRAP_CALL_INDIRECT}, {m3Err_trapTableIndexOutOfRange, TRAP_CALL_INDIRECT},
      {m3Err_trapTableElementIsNull, TRAP_CALL_INDIRECT},    {m3Err_trapUnreachable, TRAP_UNREACHABLE},
      {m3Err_trapStackOverflow, FAULT_STACK_MAIN},
  };
  for (unsigned i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (kinds[i].result == result) return kinds[i].kind;
  return 0;
}

static void print_result(M3Result result, uint64_t value) {
  unsigned kind = kind_of(result);
  if (!result) {
    print_byte('=');
    print_hex(value, 16);
  } else if (kind) {
    print_byte('!');
    print_hex(kind, 2);
  } else {
    print_text(result);
  }
  print_byte('\n');
}

static IM3Function functions[MOST_ENTRIES];

static M3Result load(IM3Runtime *runtime, const uint64_t *words, uint64_t bytes) {
  IM3Module module;
  IM3Environment environment = m3_NewEnvironment();
  *runtime = environment ? m3_NewRuntime(environment, WASM3_STACK, 0) : 0;
  if (!*runtime) return "no memory for wasm3";
  M3Result result = m3_ParseModule(environment, &module, (const uint8_t *)words, (uint32_t)bytes);
  if (!result) module->table0 = calloc(1, sizeof *module->table0); /* as the engine does */
  if (!result) result = m3_LoadModule(*runtime, module);
  if (!result) result = m3_CompileModule(module);
  return result;
}

/* Gives the word behind the module and its calls. */
static const uint64_t *run_module(const uint64_t *at) {
  uint64_t bytes = *at++;
  const uint64_t *module = at;
  at += (bytes + 7) / 8;
  const uint64_t *entries = at + 1;
  at = entries + *at * ENTRY_WORDS;
  FRESH_HEAP();
  IM3Runtime runtime;
  M3Result result = load(&runtime, module, bytes);
  print_result(result, 0);
  for (uint64_t i = 0; !result && entries + i * ENTRY_WORDS < at; i++)
    result = m3_FindFunction(&functions[i], runtime, (const char *)(entries + i * ENTRY_WORDS + 1));
  while (*at != END_OF_CALLS) {
    uint64_t entry = *at++, arity = entries[entry * ENTRY_WORDS];
    const void *arguments[MOST_ARGUMENTS];
    for (uint64_t i = 0; i < arity; i++) arguments[i] = at + i;
    at += arity;
    uint64_t value = 0;
    const void *values[] = {&value};
    M3Result called = result ? result : m3_Call(functions[entry], (uint32_t)arity, arguments);
    if (!called) called = m3_GetResults(functions[entry], 1, values);
    print_result(called, value);
  }
  return at + 1;
}

static void run_plan(const uint64_t *plan) {
  for (const uint64_t *at = plan; *at != 0;) {
    at = run_module(at);
    print_byte('\n');
  }
}
