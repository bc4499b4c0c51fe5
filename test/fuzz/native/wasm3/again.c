/* wasm3 as in the engine's image, but for one module after the other. */
#include "../../../../runtime/wasm3/wasm3.c"

/* What engine_load leaves behind, which is called once in an image. */
void engine_forget(void) {
  first_positions = last_positions = NULL;
  last_code = NULL;
  last_offset = 0;
}
