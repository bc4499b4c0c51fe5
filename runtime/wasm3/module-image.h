/* What `build` puts in front of a module (scripts/pipeline/wasm3/module-image.ts has the same table): little-endian words, the module behind
 * them. It tells what an image that knows no cell and no program cannot know. */
#pragma once
#include "types.h"

#define MODULE_MAGIC 0x3357484a /* "JHW3" */
#define MODULE_VERSION 1

struct module_image {
  u32 magic;
  u32 version;
  u32 crc;        /* CRC-32 of all that follows */
  u32 length;     /* bytes of the module */
  u32 ram;        /* bytes of the cell's RAM from the reset address on */
  u32 ram_check;  /* its complement: RAM is mapped before the rest can be checked */
  u32 null_pages; /* pages of linear memory before the first that is backed */
  u32 main_stack; /* bytes, whole pages */
  u32 more_cpus;  /* CPUs besides the first that the program can start */
  u32 fuel;       /* calls and turns of loops that a handler may take; 0: no limit */
  u8 wasm[];
};
