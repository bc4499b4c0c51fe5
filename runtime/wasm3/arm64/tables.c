/* Builds the translation tables, as arm64/tables.c does for a compiled image: caches off, addresses physical, every access aligned. */
#include "tables.h"
#include "free-ram.h"
#include "module-image.h"

extern char __text_end[], __bss_start[], __stacks_start[];

u64 translation_root[ROOT_ENTRIES] __attribute__((aligned(ROOT_ENTRIES * 8), section(".tables.root")));
u64 level3[LEVEL3_TABLES * 512] __attribute__((aligned(PAGE), section(".tables.level3")));
struct free_ram free_ram __attribute__((section(".tables.root")));

#define TABLE_REACH 0x200000

static __attribute__((noinline)) void fill(u64 *entries, u64 physical, u64 bytes, u64 attributes) {
  for (u64 page = 0; page < bytes / PAGE; page++) entries[page] = (physical + page * PAGE) | attributes;
}

/* Tables for so many bytes from a virtual address on, one behind the other at `at`. Gives where they end. */
static __attribute__((noinline)) u64 add_tables(u64 at, u64 virtual, u64 bytes) {
  for (u64 reached = 0; reached < bytes; reached += TABLE_REACH, virtual += TABLE_REACH, at += PAGE) {
    for (u64 i = 0; i < 512; i++) ((u64 *)at)[i] = 0;
    translation_root[virtual / TABLE_REACH] = at | TABLE;
  }
  return at;
}

static u64 map_stack(u64 top, u64 physical, u64 bytes) {
  fill(level3 + (top - bytes) / PAGE, physical, bytes, DATA);
  return physical + bytes;
}

static __attribute__((noinline)) void clean(u64 from, u64 to) {
  /* What was written with the caches off lies in memory; a line that a speculative read brought in before would hide it from the table
   * walks, which are cached (Arm ARM D7.5.9.2, D8.2.12). */
  u64 line = 4ul << (ctr_el0() >> 16 & 0xf);
  for (u64 at = from & -line; at < to; at += line) __asm__ volatile("dc ivac, %0" ::"r"(at) : "memory");
}

u64 *build_tables(u64 image) {
  u64 module_at = image + MODULE_OFFSET;
  const struct module_image *module = (const struct module_image *)module_at;
  struct ram_use use = ram_use(module);
  u64 stacks = (u64)__stacks_start;

  for (u64 i = 0; i < ROOT_ENTRIES; i++) translation_root[i] = 0;
  for (u64 i = 0; i < LEVEL3_TABLES * 512; i++) level3[i] = 0;
  translation_root[0] = (u64)level3 | TABLE;
  fill(level3, image, (u64)__text_end - image, TEXT);
  fill(level3 + ((u64)__bss_start - image) / PAGE, (u64)__bss_start, stacks - (u64)__bss_start, DATA);
  level3[COMM_REGION / PAGE] = COMM_REGION_PHYSICAL | DATA;
  map_stack(HANDLER_STACK_TOP, stacks, HANDLER_STACK_SIZE);

  u64 tables = module_at + use.module, behind = use.ram - MODULE_OFFSET;
  u64 linear = add_tables(tables, MODULE_BASE, behind);
  u64 at = add_tables(linear, LINEAR_BASE - PAGE, behind + PAGE + use.null_bytes);
  fill((u64 *)tables, module_at, use.module, DATA | READ_ONLY);
  fill((u64 *)tables + use.module / PAGE, module_at + use.module, behind - use.module, DATA);
  fill((u64 *)linear, at, PAGE, DATA); /* wasm3's header */
  clean(tables, at);
  at += PAGE;

  at = map_stack(MAIN_STACK_TOP, at, use.main_stack);
  for (u64 i = 0, slot = CPU_STACKS; i < use.more_cpus; i++, slot += CPU_SLOT) {
    at = map_stack(slot + PAGE + CPU_STACK_SIZE, at, CPU_STACK_SIZE);
    at = map_stack(slot + CPU_SLOT, at, HANDLER_STACK_SIZE);
  }
  free_ram = (struct free_ram){at - image, use.ram, use.main_stack};
  clean((u64)translation_root, (u64)(level3 + LEVEL3_TABLES * 512));
  __asm__ volatile("dsb sy" ::: "memory");
  return translation_root;
}
