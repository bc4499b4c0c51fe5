/* Interrupts and exceptions (Intel SDM 3A, 6.12). The CPU pushes on the stack in use, as long as the privilege stays; handlers and reports have
 * stacks of their own all the same, so that a stack that has run over can be told. */
#include <layout.h>

    .section .text.vectors, "ax"

/* The top of a stack of this CPU, by way of EAX when there are several: STR tells them apart (segments.c). */
    .macro change_stack table, top
#if MORE_CPUS > 0
    str     %eax
    shrl    $1, %eax                    /* descriptors have 8 bytes, stacks in the table 4 */
    movl    \table - FIRST_TASK / 2(%eax), %esp
#else
    movl    $\top, %esp
#endif
    .endm

/* Eight bytes each, so that C finds the code of vector n. The return address lies behind the pushed EBP: a frame record of what is
 * interrupted. */
    .global interrupt_vectors
    .balign 8
interrupt_vectors:
    .set    vector, FIRST_VECTOR
    .rept   END_OF_VECTORS - FIRST_VECTOR
    pushl   %ebp
    pushl   $vector
    .byte   0xe9                        /* jmp interrupt, never the short form */
    .long   interrupt - . - 4
    .set    vector, vector + 1
    .endr

/* Keeps what the procedure call standard lets a function change (System V ABI i386, 2.2.1). EBP leads back: C does not change it. The stack is
 * at a multiple of 16 at the call. */
    .type   interrupt, %function
interrupt:
    pushl   %eax
    leal    8(%esp), %ebp
.Linterrupt_framed:
    change_stack handler_stacks, HANDLER_STACK_TOP
    pushl   %ecx
    pushl   %edx
#ifdef SAVE_FP
    subl    $520, %esp
    fxsave  (%esp)
    subl    $16, %esp
#else
    subl    $8, %esp
#endif
.Linterrupt_saved:
    movl    -4(%ebp), %eax              /* the vector */
    movl    %eax, (%esp)
    cld
.Linterrupt_call:
    call    *irq_handler
    .global interrupt_return
interrupt_return:
#ifdef SAVE_FP
    addl    $16, %esp
    fxrstor (%esp)
    addl    $520, %esp
#else
    addl    $8, %esp
#endif
    popl    %edx
    popl    %ecx
.Linterrupt_popped:
    movl    -8(%ebp), %eax
    movl    %ebp, %esp
    popl    %ebp
.Linterrupt_restored:
spurious:
    iretl
    .size   interrupt, . - interrupt
    .global spurious_vector
    .set    spurious_vector, spurious

/* Exceptions: struct fault_frame. Those without an error code push a 0; the return address of the call tells the vector. Eight bytes each. */
    .global exception_vectors
    .balign 8
exception_vectors:
    .set    vector, 0
    .rept   32
    .if     (1 << vector) & 0x60227d00  /* 8, 10 to 14, 17, 21, 29, 30 */
    .short  0x9066                      /* a NOP of two bytes */
    .else
    pushl   $0
    .endif
    call    exception
    nop
    .set    vector, vector + 1
    .endr

    .type   exception, %function
exception:
    pushal
    movl    %cr2, %eax
    pushl   %eax
    movl    %esp, %ebx
.Lexception_saved:
    change_stack report_stacks, REPORT_STACK_TOP - 16
    subl    $12, %esp
    pushl   %ebx
    cld
.Lexception_call:
    call    report_fault                /* it does not return: a call is what debuggers look for */
.Lexception_end:
    .size   exception, . - exception

#include "vectors-frames.h"
