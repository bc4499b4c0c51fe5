/* Stage-1 descriptors of the 4 KiB granule (Arm ARM D8.3). */
#pragma once
#include <layout.h>
#include "types.h"

#define TABLE 3ul
#define BLOCK 1ul
#define VALID_PAGE 3ul
#define OUTPUT_ADDRESS 0xfffffffff000ul
#define ATTRIBUTE(index) ((u64)(index) << 2) /* of MAIR_EL1 in start.S */
#define READ_ONLY (1ul << 7)
#define INNER_SHAREABLE (3ul << 8)
#define ACCESSED (1ul << 10)
#define NEVER_EXECUTE (3ul << 53) /* PXN and UXN */
#define NEVER_AT_EL0 (1ul << 54)

#define NORMAL (ATTRIBUTE(0) | INNER_SHAREABLE | ACCESSED)
#define TEXT (VALID_PAGE | NORMAL | READ_ONLY | NEVER_AT_EL0)
#define DATA (VALID_PAGE | NORMAL | NEVER_EXECUTE)
#define DATA_BLOCK (BLOCK | NORMAL | NEVER_EXECUTE)
#define DEVICE (VALID_PAGE | ATTRIBUTE(1) | ACCESSED | NEVER_EXECUTE)

/* Maps the first 2 MiB and linear memory, in pages. */
extern u64 level3[LEVEL3_TABLES * 512];

static inline u64 ctr_el0(void) {
  u64 value;
  __asm__("mrs %0, ctr_el0" : "=r"(value));
  return value;
}
