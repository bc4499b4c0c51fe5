/* The virtual address space of wasm3 on 32-bit x86: as in a compiled image (x86-32/layout.h), with a page more before linear memory. */
#pragma once
#define MAIN_STACK_LIMIT 0x1b0000
#include "addresses.h"
#include "engine-layout.h"

#define LINEAR_BASE 0x40001000
#define LINEAR_WINDOW 0xbffff000

#define LOW_TABLES 2
#define TABLES 3
/* In `pages`, linear memory begins here. */
#define LINEAR_INDEX (LOW_TABLES * 512 + 1)

#define CODE32 0x08
#define DATA_SEGMENT 0x10
#define OVERFLOW_TASK 0x18
#define FIRST_TASK 0x20
#define TASK_BYTES 8
