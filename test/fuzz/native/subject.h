/* One module as the driver sees it: what it calls, and how. */
#pragma once
#include "types.h"

typedef u64 (*entry_fn)(const u64 *args);

struct entry {
  entry_fn call;
  u32 arity;
};
struct subject {
  void (*start)(void);
  const struct entry *entries;
  const u64 *calls; /* number of the entry, its arguments, and so on; END_OF_CALLS */
};
#define END_OF_CALLS (~0ull)
