/* Which RAM backs linear memory: what is left behind the image. */
#pragma once

extern char __image_end[];

#define LINEAR_START (NULL_PAGES * PAGE) /* first pointer that RAM backs */

/* First pointer behind the linear memory that RAM backs. */
ALWAYS u64 linear_limit(void) {
  return LINEAR_START + ((RAM_SIZE - (u64)__image_end) & -(u64)PAGE);
}
/* Cell address of the first byte that is backed. */
#define linear_physical() (level3[LINEAR_FIRST_PAGE] & OUTPUT_ADDRESS)
