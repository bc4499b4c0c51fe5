/* The window of ram.c: the last GiB of the upper half of the address space. */
#pragma once

#define RAM_WINDOW 0xffffffffc0000000ul
#define RAM_WINDOW_SIZE 0x40000000ul

static u64 ram_root[512] __attribute__((aligned(PAGE), section(".tables.pool")));

/* The image may lie elsewhere than where it is linked. */
static u64 physical_of(const u64 *table) { return (level3[0] & OUTPUT_ADDRESS) + (u64)table; }

/* Arm ARM D8.2.10: with T1SZ 34 the root is a level-2 table. */
static COLD void enable_ram_window(void) {
  __builtin_memset(ram_root, 0, sizeof ram_root);
  u64 tcr;
  __asm__ volatile("mrs %0, tcr_el1" : "=r"(tcr));
  tcr &= ~(1ul << 23);                                 /* EPD1 */
  tcr |= 34ul << 16 | 1ul << 24 | 1ul << 26 | 3ul << 28; /* T1SZ, IRGN1, ORGN1, SH1 as the lower half's */
  __asm__ volatile("dsb ishst\n\tmsr ttbr1_el1, %0\n\tisb\n\tmsr tcr_el1, %1\n\tisb" ::"r"(physical_of(ram_root)), "r"(tcr) : "memory");
  ram_window_used = PAGE;
}

/* An entry that was invalid is in no TLB; the walk must see the store (Arm ARM D8.13.1). */
ALWAYS void publish_tables(void) { __asm__ volatile("dsb ishst\n\tisb" ::: "memory"); }
