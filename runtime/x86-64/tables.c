/* Builds the page tables. Runs with the first 2 MiB mapped one to one. */
#include "tables.h"

extern char __text_end[], __bss_start[], __stacks_start[], __image_end[];

u64 root_tables[3 * 512] __attribute__((aligned(PAGE), section(".tables.root")));
u64 pages[TABLES * 512] __attribute__((aligned(PAGE), section(".tables.pages")));

static __attribute__((noinline)) void map(u64 first_page, u64 physical, u64 bytes, u64 attributes) {
  for (u64 page = 0; page < bytes / PAGE; page++) pages[first_page + page] = (physical + page * PAGE) | attributes;
}

/* Maps the next part of the stacks below `top`. */
static u64 map_stack(u64 top, u64 physical, u64 bytes) {
  map((top - bytes) / PAGE, physical, bytes, DATA);
  return physical + bytes;
}

void build_tables(void) {
  for (u64 i = 0; i < TABLES * 512; i++) pages[i] = 0;
  u64 stacks = (u64)__stacks_start;
  map(0, 0, (u64)__text_end, TEXT);
  map((u64)__bss_start / PAGE, (u64)__bss_start, stacks - (u64)__bss_start, DATA);
  map(COMM_REGION / PAGE, COMM_REGION, PAGE, DATA);
  u64 at = map_stack(MAIN_STACK_TOP, stacks, MAIN_STACK_SIZE);
  at = map_stack(HANDLER_STACK_TOP, at, HANDLER_STACK_SIZE);
  at = map_stack(REPORT_STACK_TOP, at, REPORT_STACK_SIZE);
  for (u64 slot = CPU_STACKS; slot < CPU_STACKS_END; slot += CPU_SLOT) {
    u64 top = slot + PAGE + CPU_STACK_SIZE;
    at = map_stack(top, at, CPU_STACK_SIZE);
    at = map_stack(top += PAGE + HANDLER_STACK_SIZE, at, HANDLER_STACK_SIZE);
    at = map_stack(top + PAGE + REPORT_STACK_SIZE, at, REPORT_STACK_SIZE);
  }
  map(LINEAR_FIRST_PAGE, (u64)__image_end, (RAM_SIZE - (u64)__image_end) & -(u64)PAGE, DATA);
  /* The first 2 MiB change when this stack is no longer needed: start.S. */
  for (u64 i = 1; i < TABLES; i++) root_tables[2 * 512 + i] = (u64)(pages + i * 512) | TABLE;
}
