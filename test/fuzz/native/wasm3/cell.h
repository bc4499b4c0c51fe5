/* Runs a plan in a cell on wasm3, in the place of the engine's main.c. The plan was loaded where the engine has its module; what is left of RAM is
 * linear memory at its end, and before it wasm3's heap. */
#include "module-image.h"
#include "bench.h"
#include "guard.h"
#include "plan.h"

extern char __bss_start[], __bss_end[];

/* As it was when `guarded` was entered. */
__attribute__((used)) uptr guard_stack;

__attribute__((noreturn, used)) void report_fault(const struct fault_frame *frame) {
  fault = *frame;
  leave_guarded(kind_of_fault(frame));
}

static void print_hex(u64 value, u32 digits) {
  while (digits-- > 0) print_byte("0123456789abcdef"[value >> (4 * digits) & 15]);
}
static void print_text(const char *text) {
  while (*text) print_byte(*text++);
}

struct module {
  const u8 *wasm;
  u64 bytes;
};
static const char *wrong; /* with the module; null: nothing */
static uptr heap, heap_end;

static COLD u64 load(const u64 *args) {
  const struct module *module = (const struct module *)args;
  memory_refused = false;
  wrong = engine_load(module->wasm, (u32)module->bytes, heap, heap_end, false);
  if (wrong) return 0;
  __builtin_memset(LINEAR(0), 0, SUBJECT_MEMORY);
  engine_begin(LINEAR(0), &memory_pages);
  engine_place_data();
  if (engine_start_function()) call_at_bottom(engine_start_function(), 0);
  return 0;
}

static engine_function called;
static u64 called_arity;

/* wasm3's words: room for the result, then the arguments. */
static NOINLINE u64 call_entry(const u64 *args) {
  volatile u64 *stack = (u64 *)stack_at((uptr)__builtin_frame_address(0)).bottom;
  for (u64 i = 0; i < called_arity; i++) stack[1 + i] = args[i];
  engine_call(called, (u32 *)stack);
  return stack[0];
}

static void print_outcome(u32 trap, u64 result) {
  if (wrong) {
    print_text(wrong);
  } else {
    print_byte(trap ? '!' : '=');
    print_hex(trap ? trap : result, trap ? 2 : 16);
  }
  print_byte('\n');
}

/* Gives the word behind the module and its calls. */
static const u64 *run_module(const u64 *at) {
  struct module module = {(const u8 *)(at + 1), *at};
  const u64 *entries = at + 1 + (module.bytes + 7) / 8 + 1;
  at = entries + entries[-1] * ENTRY_WORDS;
  u64 result = 0;
  print_outcome(guarded(load, (const u64 *)&module, &result), 0);
  while (*at != END_OF_CALLS) {
    const u64 *entry = entries + *at++ * ENTRY_WORDS;
    called = wrong ? NULL : engine_export((const char *)(entry + 1));
    called_arity = *entry;
    print_outcome(called ? guarded(call_entry, at, &result) : FAULT_JUMP, result);
    at += *entry;
  }
  return at + 1;
}

__attribute__((noreturn, used, section(".text.runtime_main"))) COLD void runtime_main(void) {
  __builtin_memset(__bss_start, 0, __bss_end - __bss_start);
  next_device_page = DEVICES_FIRST_PAGE;
  irq_handler = unexpected_interrupt;
  no_limits();
  begin_interrupts();
  bench_start();
  heap = window_address(free_ram.begin);
  heap_end = window_address(free_ram.end) - SUBJECT_MEMORY;
  program.linear_at = free_ram.end - SUBJECT_MEMORY;
  program.linear_bytes = SUBJECT_MEMORY;
  map_linear(program.linear_at, program.linear_bytes);
  const struct module_image *image = (const struct module_image *)window_address(MODULE_OFFSET);
  for (const u64 *at = (const u64 *)image->wasm; *at != 0;) {
    at = run_module(at);
    print_byte('\n');
  }
  print_text(".\n");
  end(STATE_SHUT_DOWN);
}
