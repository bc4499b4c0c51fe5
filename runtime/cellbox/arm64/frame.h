/* Frame of a cell's registers on the monitor's stack: x0 to x30 at 8·n, then the program counter, PSTATE, and a place for the value of
 * an access that is being emulated. frame.ts has the offsets, too. */
#pragma once

#define FRAME_SIZE 272

#define EXIT_SYNCHRONOUS 0
#define EXIT_INTERRUPT 1
#define EXIT_SERROR 2

#define MAX_CPUS 17
#define STACK_SHIFT 14
