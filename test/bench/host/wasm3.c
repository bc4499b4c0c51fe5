/* `PROGRAM MODULE KERNEL MILLISECONDS`: as main.c, with the module's kernel interpreted by wasm3. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "m3_env.h"
#include "wasm3.h"

static uint64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

static void check(const char *error) {
  if (!error) return;
  fprintf(stderr, "wasm3: %s\n", error);
  exit(1);
}

/* RAM outside of linear memory is the process's own. */
static uint8_t ram[1 << 20] __attribute__((aligned(4096)));
static uint64_t ram_used;

m3ApiRawFunction(map_ram) {
  m3ApiReturnType(uint64_t);
  m3ApiGetArg(uint64_t, physical);
  m3ApiGetArg(uint64_t, size);
  (void)physical;
  uint64_t at = (uint64_t)ram + ram_used;
  ram_used += size;
  m3ApiReturn(ram_used <= sizeof ram ? at : 0);
}

#define DEFINE_PLAIN(suffix, memory, value)             \
  m3ApiRawFunction(load##suffix) {                      \
    m3ApiReturnType(value);                             \
    m3ApiGetArg(uint64_t, address);                     \
    m3ApiReturn(*(const memory *)address);              \
  }                                                     \
  m3ApiRawFunction(store##suffix) {                     \
    m3ApiGetArg(uint64_t, address);                     \
    m3ApiGetArg(value, v);                              \
    *(memory *)address = (memory)v;                     \
    m3ApiSuccess();                                     \
  }
DEFINE_PLAIN(8, uint8_t, uint32_t)
DEFINE_PLAIN(32, uint32_t, uint32_t)
DEFINE_PLAIN(64, uint64_t, uint64_t)

static const struct {
  const char *name;
  const char *signature;
  M3RawCall call;
} imports[] = {
    {"map_ram", "I(II)", map_ram}, {"load8", "i(I)", load8},        {"load32", "i(I)", load32},    {"load64", "I(I)", load64},
    {"store8", "v(Ii)", store8},   {"store32", "v(Ii)", store32},   {"store64", "v(II)", store64},
};

static uint8_t module_bytes[1 << 20];

static uint32_t run(IM3Function kernel) {
  uint32_t checksum = 0;
  check(m3_CallV(kernel));
  check(m3_GetResultsV(kernel, &checksum));
  return checksum;
}

int main(int count, char **arguments) {
  FILE *file = count == 4 ? fopen(arguments[1], "rb") : 0;
  if (!file) {
    fprintf(stderr, "usage: %s MODULE KERNEL MILLISECONDS\n", arguments[0]);
    return 2;
  }
  size_t size = fread(module_bytes, 1, sizeof module_bytes, file);
  IM3Environment environment = m3_NewEnvironment();
  IM3Runtime runtime = m3_NewRuntime(environment, 64 * 1024, 0);
  IM3Module module;
  check(m3_ParseModule(environment, &module, module_bytes, size));
  check(m3_LoadModule(runtime, module));
  for (size_t i = 0; i < sizeof imports / sizeof *imports; i++) {
    M3Result error = m3_LinkRawFunction(module, "jh", imports[i].name, imports[i].signature, imports[i].call);
    if (error != m3Err_functionLookupFailed) check(error);
  }
  check(m3_CompileModule(module));
  check(m3_RunStart(module));
  IM3Function kernel;
  check(m3_FindFunction(&kernel, runtime, arguments[2]));

  uint32_t checksum = run(kernel); /* warm afterwards */
  uint64_t fastest = UINT64_MAX;
  uint64_t end = now() + strtoull(arguments[3], 0, 10) * 1000000;
  for (uint64_t before = now(), after; before < end; before = after) {
    checksum = run(kernel);
    after = now();
    if (after - before < fastest) fastest = after - before;
  }
  printf("%llu %u\n", (unsigned long long)fastest, checksum);
  return 0;
}
