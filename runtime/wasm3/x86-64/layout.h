/* The virtual address space of wasm3 on x86-64: as in a compiled image (x86-64/layout.h), with a page more before linear memory. */
#pragma once
#define MAIN_STACK_LIMIT 0x1b0000
#include "addresses.h"
#include "engine-layout.h"

#define LINEAR_BASE 0x401000
#define LINEAR_WINDOW 0xc00000000

#define TABLES 3
/* In `pages`, linear memory begins here. */
#define LINEAR_INDEX (LINEAR_BASE / PAGE)

#define CODE32 0x08
#define CODE64 0x10
#define DATA_SEGMENT 0x18
#define FIRST_TASK 0x20
#define TASK_BYTES 16
