/* Translation tables of 4-level paging (Intel SDM 3A, 4.5). */
#pragma once
#include "layout.h"
#include "types.h"

#define OUTPUT_ADDRESS 0xffffffffff000ul
#define NEVER_EXECUTE (1ul << 63)
#define UNCACHED 0x18ul /* PWT and PCD: entry 3 of the PAT as it is after a reset, UC */

#define TABLE (PRESENT | WRITABLE)
#define TEXT PRESENT
#define DATA (PRESENT | WRITABLE | NEVER_EXECUTE)
#define DATA_BLOCK (DATA | LARGE)
#define DEVICE (DATA | UNCACHED)

/* PML4, the first page-directory-pointer table and the first page directory. */
extern u64 root_tables[3 * 512];
/* Maps the first 4 MiB and linear memory, in pages. */
extern u64 pages[TABLES * 512];
