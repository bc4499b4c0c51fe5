/* Takes what is behind so many bytes of linear memory out of the tables. */
#pragma once

static void unmap_behind(u64 bytes) {
  for (u64 page = LINEAR_FIRST_PAGE + bytes / PAGE; page < TABLES * 512; page++) pages[page] = 0;
  uptr tables;
  __asm__ volatile("mov %%cr3, %0\n\tmov %0, %%cr3" : "=r"(tables)::"memory");
}
