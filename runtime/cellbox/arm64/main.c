/* Between start.S and the module. */

__attribute__((used)) void monitor_start(u64 index, u64 frame) {
  if (index == 0) {
    __builtin_memcpy(LINEAR(DATA_ADDRESS), data_blob, DATA_BYTES);
    memory_pages = MEMORY_INITIAL_PAGES;
    wasm_start();
  }
  EXPORT_start((u32)index, frame);
}

__attribute__((used)) void monitor_exit(u64 kind, u64 frame) { EXPORT_exit((u32)kind, frame); }

__attribute__((used)) void monitor_fault(u64 syndrome, u64 pc, u64 address) { EXPORT_fault(syndrome, pc, address); }
