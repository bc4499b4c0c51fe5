/* `map_ram`: cell RAM and shared memory outside linear memory, in a window of addresses that no pointer of the module, however wild, can reach. Part
 * of images that use it only: its tables take 12 to 16 KiB. */
#ifdef USES_map_ram

/* The machine says where the window is; its root is one table of 2 MiB blocks. A region needs a table of pages for each end that is not at 2 MiB. */
#define RAM_TABLES 3
#define BLOCK_SIZE 0x200000ull

static u64 ram_level3[RAM_TABLES][512] __attribute__((aligned(PAGE), section(".tables.pool")));
static u32 ram_tables_used;
static u64 ram_window_used; /* 0: it is still off */

#include "ram-window.h"

static COLD bool map_block(u64 at, u64 physical, u64 pages_from, u64 pages_to) {
  u64 *entry = &ram_root[(at - RAM_WINDOW) / BLOCK_SIZE];
  if (pages_from == 0 && pages_to == 512) {
    *entry = physical | DATA_BLOCK;
    return true;
  }
  if (ram_tables_used == RAM_TABLES) return false;
  u64 *table = ram_level3[ram_tables_used++];
  for (u64 i = 0; i < 512; i++) table[i] = i >= pages_from && i < pages_to ? (physical + i * PAGE) | DATA : 0;
  *entry = physical_of(table) | TABLE;
  return true;
}

/* Addresses agree with physical ones below 2 MiB, so that whole blocks can be mapped as such. */
static COLD u64 map_ram(u64 physical, u64 size) {
  if (ram_window_used == 0) enable_ram_window();
  u64 start = physical & -(u64)PAGE;
  u64 end = (physical + size + PAGE - 1) & -(u64)PAGE;
  u64 base = (RAM_WINDOW + ram_window_used + BLOCK_SIZE - 1) & -BLOCK_SIZE; /* of the block that `start` is in */
  u64 first_block = start & -BLOCK_SIZE;
  if (size == 0 || size > RAM_WINDOW_SIZE || base - RAM_WINDOW + (end - first_block) > RAM_WINDOW_SIZE - PAGE) return 0;
  for (u64 block = first_block; block < end; block += BLOCK_SIZE) {
    u64 from = start > block ? (start - block) / PAGE : 0;
    u64 to = end < block + BLOCK_SIZE ? (end - block) / PAGE : 512;
    if (!map_block(base + (block - first_block), block, from, to)) return 0;
  }
  publish_tables();
  ram_window_used = base - RAM_WINDOW + (end - first_block) + PAGE; /* a page stays unmapped behind it */
  return base + (physical - first_block);
}
INTRINSIC(u64, map_ram, u64 physical, u64 size) { return map_ram(physical, size); }

#endif
