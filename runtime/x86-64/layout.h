/* The virtual address space of an x86-64 inmate: the low 4 MiB (addresses.h, where nothing but text is executable), then
 *
 *   0x400000  linear memory: NULL_PAGES unmapped pages, then what is left of the RAM; nothing is mapped behind it
 *
 * The 48 GiB window of linear memory ends below 64 GiB; RAM_WINDOW is far above it.
 */
#pragma once
#include "addresses.h"

/* CPUs besides the first that have stacks. */
#define STARTABLE_CPUS MORE_CPUS

#define LINEAR_BASE 0x400000
#define LINEAR_WINDOW 0xc00000000

/* Tables of pages for the low 4 MiB and linear memory; in `pages`, linear memory begins at this one. */
#define TABLES ((LINEAR_BASE + RAM_SIZE + 0x1fffff) / 0x200000)
#define LINEAR_FIRST_PAGE (LINEAR_BASE / PAGE + NULL_PAGES)

/* Segments, and one descriptor of 16 bytes a CPU. */
#define CODE32 0x08
#define CODE64 0x10
#define DATA_SEGMENT 0x18
#define FIRST_TASK 0x20
#define TASK_BYTES 16
