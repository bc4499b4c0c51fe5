/* Builds the page tables. Runs with the first 2 MiB mapped one to one. */
#include "tables.h"

extern char __text_end[], __stacks_start[], __image_end[];

u64 root_tables[ROOT_TABLES * 512] __attribute__((aligned(PAGE), section(".tables.root")));
u64 pages[TABLES * 512] __attribute__((aligned(PAGE), section(".tables.pages")));

static __attribute__((noinline)) void map(uptr first_page, uptr physical, uptr bytes, u64 attributes) {
  for (uptr page = 0; page < bytes / PAGE; page++) pages[first_page + page] = (physical + page * PAGE) | attributes;
}

/* Maps the next part of the stacks below `top`. */
static uptr map_stack(uptr top, uptr physical, uptr bytes) {
  map((top - bytes) / PAGE, physical, bytes, DATA);
  return physical + bytes;
}

void build_tables(void) {
  for (u32 i = 0; i < TABLES * 512; i++) pages[i] = 0;
  uptr data = (uptr)__text_end, stacks = (uptr)__stacks_start;
  map(0, 0, data, TEXT);
  map(data / PAGE, data, stacks - data, DATA);
  map(COMM_REGION / PAGE, COMM_REGION, PAGE, DATA);
  uptr at = map_stack(MAIN_STACK_TOP, stacks, MAIN_STACK_SIZE);
  at = map_stack(HANDLER_STACK_TOP, at, HANDLER_STACK_SIZE);
  at = map_stack(REPORT_STACK_TOP, at, REPORT_STACK_SIZE);
  for (uptr slot = CPU_STACKS; slot < CPU_STACKS_END; slot += CPU_SLOT) {
    uptr top = slot + PAGE + CPU_STACK_SIZE;
    at = map_stack(top, at, CPU_STACK_SIZE);
    at = map_stack(top += PAGE + HANDLER_STACK_SIZE, at, HANDLER_STACK_SIZE);
    at = map_stack(top + PAGE + REPORT_STACK_SIZE, at, REPORT_STACK_SIZE);
  }
  map(LINEAR_FIRST_PAGE, (uptr)__image_end, (RAM_SIZE - (uptr)__image_end) & -(uptr)PAGE, DATA);
  /* The first 2 MiB change when this stack is no longer needed: start.S. */
  for (u32 i = 1; i < TABLES; i++) *directory_entry(i) = (u64)(uptr)(pages + i * 512) | TABLE;
}
