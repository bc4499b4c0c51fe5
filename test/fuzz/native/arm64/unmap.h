/* Takes what is behind so many bytes of linear memory out of the tables. */
#pragma once

static void unmap_behind(u64 bytes) {
  for (u64 page = LINEAR_FIRST_PAGE + bytes / PAGE; page < LEVEL3_TABLES * 512; page++) level3[page] = 0;
  __asm__ volatile("dsb ishst\n\ttlbi vmalle1\n\tdsb ish\n\tisb" ::: "memory");
}
