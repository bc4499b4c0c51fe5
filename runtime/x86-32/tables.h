/* Translation tables of PAE paging (Intel SDM 3A, 4.4): devices may lie anywhere. Nothing is NEVER_EXECUTE, which EFER would have to allow, and
 * EFER stays as it is after a reset; the code segment ends with the text instead. */
#pragma once
#include <layout.h>
#include "types.h"

#define NEVER_EXECUTE 0ull
#include "paging.h"

/* The page directories of the first and the second GiB. What points at them is in start.S. */
#define ROOT_TABLES 2
extern u64 root_tables[ROOT_TABLES * 512];

/* Where the entry for a table of pages is. */
ALWAYS u64 *directory_entry(u32 table) { return table < LOW_TABLES ? &root_tables[table] : &root_tables[512 + table - LOW_TABLES]; }
