/* Builds the page tables, as x86/tables.c does for a compiled image: runs with the first 2 MiB mapped one to one. */
#include "tables.h"
#include "free-ram.h"

extern char __text_end[], __stacks_start[], __image_end[];

u64 root_tables[ROOT_TABLES * 512] __attribute__((aligned(PAGE), section(".tables.root")));
u64 pages[TABLES * 512] __attribute__((aligned(PAGE), section(".tables.pages")));
struct free_ram free_ram __attribute__((section(".tables.pointers")));

static __attribute__((noinline)) void map(uptr first_page, uptr physical, uptr bytes, u64 attributes) {
  for (uptr page = 0; page < bytes / PAGE; page++) pages[first_page + page] = (physical + page * PAGE) | attributes;
}

/* Maps the next part of RAM as the stack below `top`. */
static uptr map_stack(uptr top, uptr physical, uptr bytes) {
  map((top - bytes) / PAGE, physical, bytes, DATA);
  return physical + bytes;
}

void build_tables(void) {
  struct ram_use use = ram_use((const struct module_image *)MODULE_OFFSET);
  for (u32 i = 0; i < TABLES * 512; i++) pages[i] = 0;
  uptr data = (uptr)__text_end, behind = MODULE_OFFSET + use.module;
  map(0, 0, data, TEXT);
  map(data / PAGE, data, (uptr)__image_end - data, DATA);
  map(MODULE_OFFSET / PAGE, MODULE_OFFSET, use.module, PRESENT | NEVER_EXECUTE);
  map(behind / PAGE, behind, use.ram - behind, DATA);
  map(COMM_REGION / PAGE, COMM_REGION, PAGE, DATA);
  uptr stacks = map_stack(HANDLER_STACK_TOP, (uptr)__stacks_start, HANDLER_STACK_SIZE);
  map_stack(REPORT_STACK_TOP, stacks, REPORT_STACK_SIZE);
  uptr at = map_stack(MAIN_STACK_TOP, behind, use.main_stack);
  for (uptr i = 0, slot = CPU_STACKS; i < use.more_cpus; i++, slot += CPU_SLOT) {
    uptr top = slot + PAGE + CPU_STACK_SIZE;
    at = map_stack(top, at, CPU_STACK_SIZE);
    at = map_stack(top += PAGE + HANDLER_STACK_SIZE, at, HANDLER_STACK_SIZE);
    at = map_stack(top + PAGE + REPORT_STACK_SIZE, at, REPORT_STACK_SIZE);
  }
  map(LINEAR_INDEX - 1, at, PAGE, DATA); /* wasm3's header */
  at += PAGE;
  free_ram = (struct free_ram){at, use.ram, use.main_stack};
  /* The first 2 MiB change when this stack is no longer needed: start.S. */
  for (u32 i = 1; i < TABLES; i++) *directory_entry(i) = (u64)(uptr)(pages + i * 512) | TABLE;
}
