/* The window of ram.c: what the low GiB has left. */
#pragma once

#define RAM_WINDOW 0ull
#define RAM_WINDOW_SIZE LINEAR_BASE
#define ram_root root_tables

ALWAYS void publish_tables(void) { __asm__ volatile("" ::: "memory"); }

/* It begins behind the page that stays unmapped behind the devices. */
static COLD void enable_ram_window(void) { ram_window_used = DEVICES_END_PAGE * PAGE + PAGE; }
static COLD u64 physical_of(const u64 *table) { return (u64)(uptr)table; }
