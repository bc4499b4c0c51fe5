#pragma once
#include <stdint.h>

struct kernel {
  const char *name; /* 0 ends the list */
  uint32_t (*run)(void);
};
extern const struct kernel kernels[];

void prepare_kernels(void);
