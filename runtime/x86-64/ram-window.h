/* The window of ram.c: the last GiB of the upper half of the address space, in the tables that there are. The low GiB appears a second time with
 * them, far from where any pointer of the module leads. */
#pragma once

#define RAM_WINDOW 0xffffffffc0000000ul
#define RAM_WINDOW_SIZE 0x40000000ul

static u64 ram_root[512] __attribute__((aligned(PAGE), section(".tables.pool")));

ALWAYS void publish_tables(void) { __asm__ volatile("" ::: "memory"); }

static COLD void enable_ram_window(void) {
  __builtin_memset(ram_root, 0, sizeof ram_root);
  root_tables[512 + 511] = (u64)ram_root | TABLE;
  root_tables[511] = (u64)(root_tables + 512) | TABLE;
  ram_window_used = PAGE;
}
static COLD u64 physical_of(const u64 *table) { return (u64)table; }
