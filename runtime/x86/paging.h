/* Entries of translation tables, alike in 4-level and in PAE paging (Intel SDM 3A, 4.4, 4.5); NEVER_EXECUTE is the machine's. */
#pragma once

#define OUTPUT_ADDRESS 0xffffffffff000ull
#define UNCACHED 0x18ull /* PWT and PCD: entry 3 of the PAT as it is after a reset, UC */

#define TABLE (PRESENT | WRITABLE)
#define TEXT PRESENT
#define DATA (PRESENT | WRITABLE | NEVER_EXECUTE)
#define DATA_BLOCK (DATA | LARGE)
#define DEVICE (DATA | UNCACHED)

/* Maps the low 4 MiB and linear memory, in pages. */
extern u64 pages[TABLES * 512];
