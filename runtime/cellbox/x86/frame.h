/* Frame of a cell's registers on the monitor's stack: the sixteen by their numbers in instructions, 8 bytes each (RAX and RSP are in the control block
 * instead), then the control block's address, and a place for the CPU's object. frame.ts has the offsets, too. */
#pragma once

#define FRAME_RCX 8
#define FRAME_RDX 16
#define FRAME_RBX 24
#define FRAME_RBP 40
#define FRAME_RSI 48
#define FRAME_RDI 56
#define FRAME_R8 64
#define FRAME_BLOCK 128
#define FRAME_SIZE 144

#define MAX_CPUS 16
#define STACK_SHIFT 14

/* Segments of the monitor. */
#define CODE32 0x08
#define DATA_SEGMENT 0x10
#define CODE64 0x18

/* Where the image lies in RAM and in the ROM at the end of the first 4 GiB (link.ld has the same). */
#define RAM_BASE 0x200000
#define ROM_BASE 0xfff80000
