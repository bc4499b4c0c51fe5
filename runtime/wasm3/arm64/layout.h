/* The virtual address space of wasm3 on arm64. The first 2 MiB are as in a compiled image (arm64/layout.h):
 *
 *   0x000000  image, as linked
 *   CPU_STACKS  stacks of the further CPUs, below 0x100000
 *   0x100000  comm region, then device pages as they are mapped
 *   0x158000  end of the devices; main stack below 0x16f000, handler stack below 0x17f000, unmapped pages around them
 *   0x200000  MODULE_BASE: all RAM from the module on, which is loaded MODULE_OFFSET behind the image
 *   0x8001000 linear memory: unmapped pages, then what wasm3's heap has left of the RAM; in the page before it wasm3's header
 *
 * Tables for what lies behind the first 2 MiB come from the RAM itself: how much of it there is only the module's header tells.
 */
#pragma once

#define PAGE 4096

#define COMMAND_LINE 0x1000
#define COMMAND_LINE_SIZE 256

#define COMM_REGION_PHYSICAL 0x80000000
#define COMM_REGION 0x100000
#define DEVICES_FIRST_PAGE 0x101
#define DEVICES_END_PAGE 0x158

#define MAIN_STACK_TOP 0x16f000
#define HANDLER_STACK_TOP 0x17f000
#define MAIN_STACK_LIMIT 0x15a000
#define STACKS_END 0x180000

#define CPU_SLOT (CPU_STACK_SIZE + HANDLER_STACK_SIZE + 2 * PAGE)
#define CPU_STACKS_END COMM_REGION
#define CPU_STACKS (CPU_STACKS_END - MORE_CPUS * CPU_SLOT)
/* MORE_CPUS have addresses, so many have stacks. */
#define STARTABLE_CPUS program.more_cpus

#define MODULE_BASE 0x200000
#define LINEAR_BASE 0x8001000
#define LINEAR_WINDOW 0xc00000000
#define NULL_PAGES program.null_pages

/* MODULE_OFFSET is the build's, as are MORE_CPUS, CPU_STACK_SIZE, HANDLER_STACK_SIZE and REPORT_STACK_SIZE. */
#define LEVEL3_TABLES 1
#define VA_BITS 28
#define ROOT_ENTRIES (1 << (VA_BITS - 21))
#define LARGEST_RAM 0x4000000
