/* Builds the translation tables. Runs before the MMU is on: caches off, every access aligned (compiled with -mstrict-align), addresses
 * physical and taken relative to the program counter. */
#include "tables.h"

extern char __text_end[], __bss_start[], __stacks_start[], __image_end[];

u64 translation_root[ROOT_ENTRIES] __attribute__((aligned(ROOT_ENTRIES * 8), section(".tables.root")));
u64 level3[LEVEL3_TABLES * 512] __attribute__((aligned(PAGE), section(".tables.level3")));

static __attribute__((noinline)) void map(u64 first_page, u64 physical, u64 bytes, u64 attributes) {
  for (u64 page = 0; page < bytes / PAGE; page++) level3[first_page + page] = (physical + page * PAGE) | attributes;
}

/* The bytes that RAM backs behind the image; `linear_limit` in C that runs later. */
static u64 left_over(u64 image) { return (RAM_SIZE - ((u64)__image_end - image)) & -(u64)PAGE; }

u64 *build_tables(u64 image) {
  for (u64 i = 0; i < ROOT_ENTRIES; i++) translation_root[i] = i < LEVEL3_TABLES ? (u64)(level3 + i * 512) | TABLE : 0;
  for (u64 i = 0; i < LEVEL3_TABLES * 512; i++) level3[i] = 0;

  u64 stacks = (u64)__stacks_start;
  map(0, image, (u64)__text_end - image, TEXT);
  map(((u64)__bss_start - image) / PAGE, (u64)__bss_start, stacks - (u64)__bss_start, DATA);
  map(COMM_REGION / PAGE, COMM_REGION_PHYSICAL, PAGE, DATA);
  map((MAIN_STACK_TOP - MAIN_STACK_SIZE) / PAGE, stacks, MAIN_STACK_SIZE, DATA);
  map((HANDLER_STACK_TOP - HANDLER_STACK_SIZE) / PAGE, stacks + MAIN_STACK_SIZE, HANDLER_STACK_SIZE, DATA);
#if MORE_CPUS > 0
  u64 cpu_stacks = stacks + MAIN_STACK_SIZE + HANDLER_STACK_SIZE;
  for (u64 slot = CPU_STACKS; slot < CPU_STACKS_END; slot += CPU_SLOT, cpu_stacks += CPU_STACK_SIZE + HANDLER_STACK_SIZE) {
    map(slot / PAGE + 1, cpu_stacks, CPU_STACK_SIZE, DATA);
    map((slot + CPU_SLOT - HANDLER_STACK_SIZE) / PAGE, cpu_stacks + CPU_STACK_SIZE, HANDLER_STACK_SIZE, DATA);
  }
#endif
  map(LINEAR_FIRST_PAGE, (u64)__image_end, left_over(image), DATA);

  /* What was written with the caches off lies in memory; a line that a speculative read brought in before would hide it from the table
   * walks, which are cached (Arm ARM D7.5.9.2, D8.2.12). */
  u64 line = 4ul << (ctr_el0() >> 16 & 0xf);
  for (u64 at = (u64)translation_root & -line; at < (u64)(level3 + LEVEL3_TABLES * 512); at += line) __asm__ volatile("dc ivac, %0" ::"r"(at) : "memory");
  __asm__ volatile("dsb sy" ::: "memory");
  return translation_root;
}
