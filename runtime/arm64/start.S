/* Entry of an arm64 inmate. The image is linked at 0 and may be loaded at any page: what runs before the MMU is on is position independent.
 *
 * State at entry (jailhouse-abi 3.5, 10.1): EL1h, interrupts masked, MMU and caches off, all EL1 system registers 0. */
#include <layout.h>

    .section .text.start, "ax"
    .global _start
_start:
    msr     daifset, #0xf
    msr     spsel, #1
#if MORE_CPUS > 0
    mov     x19, xzr                    /* number of the CPU in the cell */
#endif
    adr     x0, _start                  /* where the image lies: its cell address */
    adrp    x1, __stacks_end
    mov     sp, x1
    bl      build_tables                /* x0: root table */

enable_mmu:
    /* Arm ARM D13.2: all of these are read before the MMU is on and may still be in the pipeline. */
    msr     ttbr0_el1, x0
    ldr     x1, mair
    msr     mair_el1, x1
    ldr     x1, tcr
    mrs     x2, id_aa64mmfr0_el1        /* PARange is TCR_EL1.IPS's encoding; 6 (52 bits) needs 64 KiB pages */
    and     x2, x2, #0xf
    cmp     x2, #5
    mov     x3, #5
    csel    x2, x2, x3, lo
    orr     x1, x1, x2, lsl #32
    msr     tcr_el1, x1
    msr     vbar_el1, xzr
    isb
    tlbi    vmalle1                     /* Arm ARM D8.13: nothing of an earlier run */
    ic      iallu                       /* and no instructions of an earlier image */
    dsb     nsh
    isb
    ldr     x1, sctlr
    msr     sctlr_el1, x1
    isb
    /* Loaded at 0: execution goes on. Elsewhere the next fetch finds this physical address unmapped, and the exception goes to
     * VBAR_EL1 + 0x200 (Arm ARM D1.10.2: synchronous, current EL, SP_ELx), which is `virtual` too. */
    b       virtual

#if MORE_CPUS > 0
/* Where PSCI CPU_ON enters: MMU and caches off again. The context, the CPU's number, arrives in x1 in Jailhouse (jailhouse-abi 3.6) and in x0 by
 * PSCI (Arm DEN 0022, 5.1.4); the other one is 0. */
    .global secondary_start
secondary_start:
    msr     daifset, #0xf
    msr     spsel, #1
    orr     x19, x0, x1
    adrp    x0, translation_root
    add     x0, x0, #:lo12:translation_root
    b       enable_mmu
#endif

    .balign 8
    /* 0: normal memory, write-back, allocating; 1: device nGnRnE; as the root cell and Jailhouse map them */
mair:
    .quad   0x00ff
    /* 4 KiB granule, walks cached and inner shareable, no upper half */
tcr:
    .quad   (64 - VA_BITS) | 1 << 8 | 1 << 10 | 3 << 12 | 1 << 23 | 2 << 30
    /* RES1 bits | I | SA | C | M; A clear: Wasm accesses need no alignment */
sctlr:
    .quad   0x30d00800 | 1 << 12 | 1 << 3 | 1 << 2 | 1

    .section .text.virtual, "ax"
    .global virtual
virtual:                                /* the linker script puts it at 0x200 */
    adr     x0, vectors
    msr     vbar_el1, x0
    mov     x0, #3 << 20                /* CPACR_EL1.FPEN: the real-time fork enters with it off */
    msr     cpacr_el1, x0
    isb
#if MORE_CPUS > 0
    add     x0, x19, #1
    msr     tpidrro_el0, x0             /* who this CPU is: never 0, so that it can own a lock */
    cbnz    x19, further_cpu
#endif
    ldr     x0, =HANDLER_STACK_TOP
    mov     sp, x0
    msr     spsel, #0                   /* the program runs on SP_EL0, exceptions on SP_EL1 */
    ldr     x0, =MAIN_STACK_TOP
    mov     sp, x0
    mov     x29, xzr                    /* ends the chain of frame records */
    mov     x30, xzr
    b       runtime_main
#if MORE_CPUS > 0
further_cpu:
    ldr     x0, =CPU_STACKS
    ldr     x1, =CPU_SLOT
    madd    x0, x19, x1, x0             /* end of its slot */
    mov     sp, x0
    sub     x0, x0, #HANDLER_STACK_SIZE + PAGE
    msr     spsel, #0
    mov     sp, x0
    mov     x29, xzr
    mov     x30, xzr
    mov     x0, x19
    b       further_cpu_main
#endif
    .ltorg

    /* To C, objects at constant addresses: linear memory, and everything, for native addresses. */
    .globl  linear_memory
    .set    linear_memory, LINEAR_BASE
    .globl  native_memory
    .set    native_memory, 0
