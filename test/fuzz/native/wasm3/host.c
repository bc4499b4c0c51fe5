/* wasm3 as a process, `PROGRAM PLAN`: with what the engine mends in its compiler, and otherwise as its authors have it. */
#include <stdio.h>
#include <stdlib.h>
#include "m3_core.c"
#include "m3_code.c"
#include "m3_exec.c"
#include "m3_function.c"
#include "m3_module.c"
#include "m3_emit.c"
#include "compile.h"
#include "m3_env.c"
#include "m3_bind.c"
#include "m3_parse.c"

#define WASM3_STACK (1024 * 1024)
#define FRESH_HEAP()
static void print_byte(char byte) { putchar(byte); }
#include "driver.h"

int main(int count, char **arguments) {
  FILE *file = count == 2 ? fopen(arguments[1], "rb") : 0;
  if (!file) {
    fprintf(stderr, "usage: %s PLAN\n", arguments[0]);
    return 2;
  }
  fseek(file, 0, SEEK_END);
  long size = ftell(file);
  rewind(file);
  uint64_t *plan = malloc((size_t)size);
  if (fread(plan, 1, (size_t)size, file) != (size_t)size) return 1;
  run_plan(plan);
  return 0;
}
