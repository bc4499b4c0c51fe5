/* From the first C statement with the MMU on to the user's top-level code. */

extern char __bss_start[], __bss_end[];

__attribute__((noreturn, used, section(".text.runtime_main"))) COLD void runtime_main(void) {
  __asm__ volatile(".cfi_undefined " RETURN_COLUMN); /* here the debugger's backtrace ends: address 0 is code */
  /* RAM keeps what an earlier program, or the last run, left in it. */
  __builtin_memset(__bss_start, 0, __bss_end - __bss_start);
  __builtin_memset(LINEAR(LINEAR_START), 0, linear_limit() - LINEAR_START);
  __builtin_memcpy(LINEAR(DATA_ADDRESS), data_blob, DATA_BYTES);
  memory_pages = MEMORY_INITIAL_PAGES;
  next_device_page = DEVICES_FIRST_PAGE;
  irq_handler = unexpected_interrupt;
  begin_interrupts();
  wasm_start();
  EXPORT_MAIN();
  EXPORT_EXIT();
  end(STATE_SHUT_DOWN);
}
