/* Exception vectors (Arm ARM D1.10.2). The program runs at EL1 on SP_EL0, so the first four slots are what it raises; a handler runs on
 * SP_EL1, so the second four are what goes wrong in a handler. There is no EL0: the linker script fills the rest of the page with code. */
#include <layout.h>

/* Pushes what the procedure call standard lets a function change (AAPCS64 6.1.1; x18 is never used), behind it a frame record with the
 * interrupted address, so that a backtrace goes on into the interrupted function. */
    .macro  save_integers
    stp     x0, x1, [sp, #-176]!
    stp     x2, x3, [sp, #16]
    stp     x4, x5, [sp, #32]
    stp     x6, x7, [sp, #48]
    stp     x8, x9, [sp, #64]
    stp     x10, x11, [sp, #80]
    stp     x12, x13, [sp, #96]
    stp     x14, x15, [sp, #112]
    stp     x16, x17, [sp, #128]
    mrs     x0, elr_el1
    stp     x29, x0, [sp, #144]
    mrs     x0, sp_el0                  /* for debuggers */
    stp     x30, x0, [sp, #160]
.Linterrupt_saved:
    add     x29, sp, #144
    .endm

    .macro  restore_integers
    ldr     x30, [sp, #160]
    ldr     x29, [sp, #144]
    ldp     x16, x17, [sp, #128]
    ldp     x14, x15, [sp, #112]
    ldp     x12, x13, [sp, #96]
    ldp     x10, x11, [sp, #80]
    ldp     x8, x9, [sp, #64]
    ldp     x6, x7, [sp, #48]
    ldp     x4, x5, [sp, #32]
    ldp     x2, x3, [sp, #16]
    ldp     x0, x1, [sp], #176
.Linterrupt_restored:
    eret
    .endm

    .macro  call_handler
    ldr     x0, irq_handler             /* an image is smaller than the 1 MiB that this reaches */
.Linterrupt_call:
    blr     x0
    .global interrupt_return
interrupt_return:                       /* marks the record above as the interrupted function's */
    .endm

/* Each slot is a section, which the linker script puts at its offset, so that the build can fill the room behind it. */
    .macro  slot name
    .section .text.\name, "ax"
    .endm

    /* From the program: SP_EL1 is free. */
    .macro  fault_in_program
    sub     sp, sp, #288
    stp     x0, x1, [sp]
    mrs     x0, sp_el0
    b       save_fault
    .endm

    slot    vector_0x000                /* synchronous */
    .global vectors
vectors:
    fault_in_program

    slot    vector_0x080                /* IRQ: the path that matters */
    .type   interrupt, %function
interrupt:                              /* reports name it, between the handler and what it interrupted */
#ifdef SAVE_FP
    b       irq_with_fp
#else
    save_integers
    call_handler
    restore_integers
    .set    .Linterrupt, interrupt
#endif
    .size   interrupt, . - interrupt

    slot    vector_0x100                /* FIQ: Jailhouse delivers none */
    fault_in_program
    slot    vector_0x180                /* SError */
    fault_in_program
    slot    vector_0x200
    b       fault_in_handler
    slot    vector_0x280
    b       fault_in_handler
    slot    vector_0x300
    b       fault_in_handler
    slot    vector_0x380
    b       fault_in_handler

    slot    vectors_end
/* From a handler: its stack may be what broke, so the report has a stack of its own. The CPUs share it, one after the other: fault.c gives it
 * up. What faults while it owns it was the report itself: that may have the stack anew. x18 is never used. */
fault_in_handler:
    msr     tpidr_el1, x0
    msr     tpidr_el0, x1
#if MORE_CPUS > 0
    mrs     x18, tpidrro_el0
    adr     x0, report_owner
1:  ldaxr   w1, [x0]
    cmp     w1, w18
    b.eq    2f
    cbnz    w1, 1b
    stxr    w1, w18, [x0]
    cbnz    w1, 1b
2:
#endif
    mov     x1, sp
    adrp    x0, report_stack_end
    add     x0, x0, #:lo12:report_stack_end
    sub     sp, x0, #288
    mov     x0, x1
    mrs     x1, tpidr_el1
    str     x1, [sp]
    mrs     x1, tpidr_el0
    str     x1, [sp, #8]

/* struct fault_frame of fault.c: x0…x30, sp, pc, syndrome, address. x0 and x1 are saved; x0 is the stack pointer of before. */
    .type   exception, %function
exception:                              /* as debuggers name it */
save_fault:
    stp     x2, x3, [sp, #16]
    stp     x4, x5, [sp, #32]
    stp     x6, x7, [sp, #48]
    stp     x8, x9, [sp, #64]
    stp     x10, x11, [sp, #80]
    stp     x12, x13, [sp, #96]
    stp     x14, x15, [sp, #112]
    stp     x16, x17, [sp, #128]
    stp     x18, x19, [sp, #144]
    stp     x20, x21, [sp, #160]
    stp     x22, x23, [sp, #176]
    stp     x24, x25, [sp, #192]
    stp     x26, x27, [sp, #208]
    stp     x28, x29, [sp, #224]
    stp     x30, x0, [sp, #240]
    mrs     x0, elr_el1
    mrs     x1, esr_el1
    mrs     x2, far_el1
    stp     x0, x1, [sp, #256]
.Lexception_saved:
    str     x2, [sp, #272]
    mov     x0, sp
.Lexception_call:
    bl      report_fault                /* it does not return: a call is what debuggers look for */
.Lexception_end:
    .size   exception, . - exception

#ifdef SAVE_FP
/* Handlers keep only the lower halves of v8 to v15 (AAPCS64 6.1.2), so all 32 registers are saved whole. */
    .type   irq_with_fp, %function
irq_with_fp:
    save_integers
    stp     q0, q1, [sp, #-512]!
.Linterrupt_float:
    stp     q2, q3, [sp, #32]
    stp     q4, q5, [sp, #64]
    stp     q6, q7, [sp, #96]
    stp     q8, q9, [sp, #128]
    stp     q10, q11, [sp, #160]
    stp     q12, q13, [sp, #192]
    stp     q14, q15, [sp, #224]
    stp     q16, q17, [sp, #256]
    stp     q18, q19, [sp, #288]
    stp     q20, q21, [sp, #320]
    stp     q22, q23, [sp, #352]
    stp     q24, q25, [sp, #384]
    stp     q26, q27, [sp, #416]
    stp     q28, q29, [sp, #448]
    stp     q30, q31, [sp, #480]
    call_handler
    ldp     q30, q31, [sp, #480]
    ldp     q28, q29, [sp, #448]
    ldp     q26, q27, [sp, #416]
    ldp     q24, q25, [sp, #384]
    ldp     q22, q23, [sp, #352]
    ldp     q20, q21, [sp, #320]
    ldp     q18, q19, [sp, #288]
    ldp     q16, q17, [sp, #256]
    ldp     q14, q15, [sp, #224]
    ldp     q12, q13, [sp, #192]
    ldp     q10, q11, [sp, #160]
    ldp     q8, q9, [sp, #128]
    ldp     q6, q7, [sp, #96]
    ldp     q4, q5, [sp, #64]
    ldp     q2, q3, [sp, #32]
    ldp     q0, q1, [sp], #512
.Linterrupt_float_end:
    restore_integers
    .set    .Linterrupt, irq_with_fp
    .size   irq_with_fp, . - irq_with_fp
#endif

#include "vectors-frames.h"
