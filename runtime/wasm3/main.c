/* From the first C statement with the MMU on to the user's top-level code: reads the module that lies beside the image, and runs it. */
#include "module-image.h"
#include "crc.h"

extern char __bss_start[], __bss_end[];

/* Room that wasm3 may still take: data segments need a page of code each time their address is computed. */
#define HEAP_RESERVE PAGE

#define OUT_OF_RAM "memory allocation failed" /* as wasm3 says it (wasm3.h) */

/* What is wrong with what was loaded; null: nothing. */
static COLD const char *check_module(const struct module_image *image) {
  if (image->magic != MODULE_MAGIC) return "nothing is loaded behind wasm3.bin: load NAME.wasm.img, too, where the build says";
  if (image->version != MODULE_VERSION) return "the module is for another version of wasm3.bin: build it again, and load both";
  if (image->ram_check != ~image->ram || image->ram < LEAST_RAM) return "the module is damaged: load it again";
  if (image->length >= image->ram - MODULE_OFFSET - PAGE) return "the module is larger than the cell's RAM";
  const u8 *checked = (const u8 *)&image->length;
  if (crc32(checked, image->wasm + image->length - checked) != image->crc) return "the module is damaged: load it again";
  return NULL;
}

/* Compiles a module and gives what RAM is left to its memory. */
static COLD const char *begin_module(const u8 *wasm, u32 length) {
  uptr heap = window_address(free_ram.begin);
  const char *wrong = engine_load(wasm, length, heap, window_address(free_ram.end) - HEAP_RESERVE, program.fuel != 0);
  if (wrong) return wrong;
  uptr used = (engine_heap_end() - heap + HEAP_RESERVE + PAGE - 1) & -(uptr)PAGE;
  program.linear_at = free_ram.begin + used;
  program.linear_bytes = free_ram.end - program.linear_at;
  map_linear(program.linear_at, program.linear_bytes);
  engine_seal(heap + used);
  __builtin_memset(LINEAR(LINEAR_START), 0, program.linear_bytes);
  engine_begin(LINEAR(0), &memory_pages);
  engine_place_data();
  fault_function = engine_export("fault");
  return NULL;
}

static COLD void run(engine_function function) {
  if (function) call_at_bottom(function, 0);
}

static COLD void append(char *to, const char *end, const char *text) {
  while (*to) to++;
  while (*text && to < end - 1) *to++ = *text++;
  *to = 0;
}

/* Says why there is nothing to run, by a module that the image has for that. */
static __attribute__((noreturn)) COLD void refuse(const char *why) {
  static char words[160];
  const char *limit = words + sizeof words;
  const char *text = why, *same = OUT_OF_RAM;
  while (*same && *same == *text) same++, text++;
  append(words, limit, "*** wasm3: ");
  append(words, limit, *same ? why : "the cell's RAM is too small for the module: give the cell more");
  append(words, limit, "\n");
  program.null_pages = 1;
  program.more_cpus = program.fuel = 0;
  if (!begin_module(no_module, sizeof no_module)) {
    use_words(words, WORDS_OF_NO_MODULE);
    run(engine_start_function());
    run(engine_export("say"));
  }
  end(STATE_FAILED);
}

__attribute__((noreturn, used, section(".text.runtime_main"))) COLD void runtime_main(void) {
  __asm__ volatile(".cfi_undefined " RETURN_COLUMN); /* here the debugger's backtrace ends: address 0 is code */
  /* RAM keeps what an earlier program, or the last run, left in it. */
  __builtin_memset(__bss_start, 0, __bss_end - __bss_start);
  next_device_page = DEVICES_FIRST_PAGE;
  irq_handler = unexpected_interrupt;
  no_limits();
  begin_interrupts();
  const struct module_image *image = (const struct module_image *)window_address(MODULE_OFFSET);
  const char *wrong = check_module(image);
  if (!wrong) {
    program.null_pages = image->null_pages;
    program.more_cpus = image->more_cpus;
    program.fuel = image->fuel;
    wrong = begin_module(image->wasm, image->length);
  }
  if (wrong) refuse(wrong);
  run(engine_start_function());
  run(engine_export("main") ? engine_export("main") : engine_export("_start"));
  run(engine_export("exit"));
  end(STATE_SHUT_DOWN);
}
