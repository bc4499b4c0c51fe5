/* Which RAM backs linear memory: what wasm3's heap has left; and what else the module's header says of the program. */
#pragma once
#include "free-ram.h"

static struct {
  u32 null_pages, more_cpus, fuel;
  u64 linear_bytes;
  uptr linear_at; /* offset of the first byte that is backed from the reset address */
} program;

#define LINEAR_START (NULL_PAGES * PAGE) /* first pointer that RAM backs */

/* First pointer behind the linear memory that RAM backs. */
ALWAYS u64 linear_limit(void) { return LINEAR_START + program.linear_bytes; }
#include "window.h"
