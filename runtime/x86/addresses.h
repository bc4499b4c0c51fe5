/* The low 4 MiB of the virtual address space of an x86 inmate, for C, assembly and the linker script, in pages of 4 KiB:
 *
 *   0x000000  image, one to one, its text read-only
 *   0x100000  comm region, one to one
 *   CPU_STACKS  stacks of the further CPUs
 *   0x1a0000  main stack, handler stack and report stack of the first CPU, unmapped pages around them
 *   0x200000  device pages as they are mapped
 */
#pragma once

#define PAGE 4096

#define COMMAND_LINE 0x1000 /* jailhouse-abi 3.2 */
#define COMMAND_LINE_SIZE 256

#define COMM_REGION 0x100000
/* The page is cleared at each start of the cell (jailhouse-abi 2), unlike RAM: so the CPUs, which all arrive at once, meet in the part of it that
 * holds nothing. */
#define ARRIVALS (COMM_REGION + 0xdf0) /* counts the CPUs as they arrive */
#define CPU_STATES (COMM_REGION + 0xe00) /* a byte an APIC ID: 0 not here yet, 1 waiting, n + 1 is to start as CPU n */
#define CPU_WAITS 1

#define DEVICES_FIRST_PAGE 0x200
#define DEVICES_END_PAGE 0x400

#ifndef MAIN_STACK_LIMIT
#define MAIN_STACK_LIMIT 0x1a0000 /* lowest address of the largest main stack */
#endif
#define MAIN_STACK_TOP 0x1d0000
#define HANDLER_STACK_TOP 0x1e0000
#define REPORT_STACK_TOP 0x1f0000

/* Each further CPU has a slot: below its stack, its handler stack and its report stack an unmapped page each. */
#define CPU_SLOT (CPU_STACK_SIZE + HANDLER_STACK_SIZE + REPORT_STACK_SIZE + 3 * PAGE)
#define CPU_STACKS (COMM_REGION + 4 * PAGE)
#define CPU_STACKS_END (CPU_STACKS + MORE_CPUS * CPU_SLOT)

/* Given by the build: MORE_CPUS (that the program can start), CPU_STACK_SIZE, MAIN_STACK_SIZE, HANDLER_STACK_SIZE, REPORT_STACK_SIZE,
 * RAM_SIZE (bytes of cell RAM from 0 on), NULL_PAGES (1 for our own modules, whose data begins behind it), SAVE_FP (handlers may change
 * floating-point registers). */

/* Interrupts that a program can have; those below are exceptions. */
#define FIRST_VECTOR 32
#define END_OF_VECTORS 96
#define SPURIOUS_VECTOR 255

/* Fields of the tables that start.S sets up. */
#define PRESENT 1
#define WRITABLE 2
#define LARGE 0x80
