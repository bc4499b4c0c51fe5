/* The virtual address space of a 32-bit x86 inmate: the low 4 MiB (addresses.h), then
 *
 *   0x00400000  RAM_WINDOW, as regions are mapped
 *   0x40000000  linear memory: NULL_PAGES unmapped pages, then what is left of the RAM; nothing is mapped behind it
 *
 * A pointer below 2 GiB and an offset below 1 GiB thus reach linear memory or nothing: machine.h checks no more than that.
 */
#pragma once
#include "addresses.h"

/* CPUs besides the first that have stacks. */
#define STARTABLE_CPUS MORE_CPUS

#define LINEAR_BASE 0x40000000
#define LINEAR_WINDOW 0xc0000000

/* Tables of pages for the low 4 MiB and linear memory; in `pages`, linear memory begins at this one. */
#define LOW_TABLES 2
#define TABLES (LOW_TABLES + (RAM_SIZE + 0x1fffff) / 0x200000)
#define LINEAR_FIRST_PAGE (LOW_TABLES * 512 + NULL_PAGES)

/* Segments, and one descriptor a CPU: each CPU has all of them in a table of its own. */
#define CODE32 0x08
#define DATA_SEGMENT 0x10
#define OVERFLOW_TASK 0x18
#define FIRST_TASK 0x20
#define TASK_BYTES 8
