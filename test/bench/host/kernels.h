/* The kernels of this side for main.c, which knows nothing of Wasm. */
#include "run.h"

#define ROW(name) {#name, EXPORT_##name},
const struct kernel kernels[] = {KERNELS(ROW){0, 0}};

/* As an image's start does it: data, memory size, top-level code. */
void prepare_kernels(void) {
  __builtin_memcpy(LINEAR(DATA_ADDRESS), data_blob, DATA_BYTES);
  memory_pages = MEMORY_INITIAL_PAGES;
  wasm_start();
  PREPARE();
}
