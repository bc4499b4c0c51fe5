/* Where the linear memory of a process is. */
#pragma once

/* Below 2 GiB, so that it fits in the displacement of an x86-64 access; a program linked at its usual address ends before it. */
#define LINEAR_BASE 0x40000000
#define LINEAR_WINDOW 0xc00000000
#define LINEAR_SIZE 0x400000
