/* Translation tables of 4-level paging (Intel SDM 3A, 4.5). */
#pragma once
#include <layout.h>
#include "types.h"

#define NEVER_EXECUTE (1ull << 63)
#include "paging.h"

/* PML4, the first page-directory-pointer table and the first page directory. */
#define ROOT_TABLES 3
extern u64 root_tables[ROOT_TABLES * 512];

/* Where the entry for a table of pages is. */
ALWAYS u64 *directory_entry(u32 table) { return &root_tables[2 * 512 + table]; }
