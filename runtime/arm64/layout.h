/* The virtual address space of an arm64 inmate, for C, assembly and the linker script. One level-3 table maps the first 2 MiB:
 *
 *   0x000000  image, as linked; the cell's RAM from its reset address on (text read-only, the rest never executable)
 *   CPU_STACKS  stacks of the further CPUs, below 0x100000
 *   0x100000  comm region, then device pages as they are mapped
 *   0x158000  end of the devices; main stack below 0x16f000, handler stack below 0x17f000, unmapped pages around them
 *   0x180000  linear memory: NULL_PAGES unmapped pages, then what is left of the RAM; nothing is mapped behind it
 *
 * Whatever lies behind the linear memory faults, because the translation table ends: its 48 GiB window costs no tables.
 */
#pragma once

#define PAGE 4096

#define COMMAND_LINE 0x1000 /* jailhouse-abi: `cell load … -s "…" -a 0x1000` */
#define COMMAND_LINE_SIZE 256

#define COMM_REGION_PHYSICAL 0x80000000
#define COMM_REGION 0x100000
#define DEVICES_FIRST_PAGE 0x101
#define DEVICES_END_PAGE 0x158

#define MAIN_STACK_TOP 0x16f000
#define HANDLER_STACK_TOP 0x17f000
#define MAIN_STACK_LIMIT 0x15a000 /* lowest address of the largest main stack */
#define STACKS_END LINEAR_BASE

/* Each further CPU has a slot: an unmapped page, its stack, an unmapped page, its handler stack. Number 1's is the first. */
#define CPU_SLOT (CPU_STACK_SIZE + HANDLER_STACK_SIZE + 2 * PAGE)
#define CPU_STACKS_END COMM_REGION
#define CPU_STACKS (CPU_STACKS_END - MORE_CPUS * CPU_SLOT)

/* CPUs besides the first that have stacks. */
#define STARTABLE_CPUS MORE_CPUS

#define LINEAR_BASE 0x180000
#define LINEAR_WINDOW 0xc00000000
#define LINEAR_FIRST_PAGE (LINEAR_BASE / PAGE + NULL_PAGES)

/* Given by the build: MORE_CPUS (that the program can start), CPU_STACK_SIZE, MAIN_STACK_SIZE, HANDLER_STACK_SIZE, RAM_SIZE (bytes of cell RAM from the reset address on), VA_BITS (25 or more:
 * the smallest space that holds LINEAR_BASE + RAM_SIZE), NULL_PAGES (1 for our own
 * modules, whose data begins behind it; other compilers use address 0 on), SAVE_FP (handlers may change floating-point registers). */
#define LEVEL3_TABLES ((LINEAR_BASE + RAM_SIZE + 0x1fffff) / 0x200000)
#define ROOT_ENTRIES (1 << (VA_BITS - 21))
