/* Interrupts and exceptions (Intel SDM 3A, 6.14). Every vector has a stack of its own by the task-state segment: handlers one, reports
 * another, so that a stack that has run over can be told. */
#include <layout.h>

    .section .text.vectors, "ax"

/* Eight bytes each, so that C finds the code of vector n. The return address lies behind the pushed RBP: a frame record of what is
 * interrupted. */
    .global interrupt_vectors
    .balign 8
interrupt_vectors:
    .set    vector, FIRST_VECTOR
    .rept   END_OF_VECTORS - FIRST_VECTOR
    pushq   %rbp
    pushq   $vector
    .byte   0xe9                        /* jmp interrupt, never the short form */
    .long   interrupt - . - 4
    .set    vector, vector + 1
    .endr

/* Pushes what the procedure call standard lets a function change (System V ABI AMD64, 3.2.1). */
    .type   interrupt, %function
interrupt:
    leaq    8(%rsp), %rbp
.Linterrupt_framed:
    pushq   %rax
    pushq   %rcx
    pushq   %rdx
    pushq   %rsi
    pushq   %rdi
    pushq   %r8
    pushq   %r9
    pushq   %r10
    pushq   %r11
#ifdef SAVE_FP
    movl    72(%rsp), %edi              /* the vector */
    subq    $512, %rsp
.Linterrupt_saved:
    fxsave64 (%rsp)
#else
.Linterrupt_saved:
    movl    72(%rsp), %edi
#endif
.Linterrupt_call:
    call    *irq_handler
    .global interrupt_return
interrupt_return:
#ifdef SAVE_FP
    fxrstor64 (%rsp)
    addq    $512, %rsp
#endif
    popq    %r11
    popq    %r10
    popq    %r9
    popq    %r8
    popq    %rdi
    popq    %rsi
    popq    %rdx
    popq    %rcx
    popq    %rax
    addq    $8, %rsp
    popq    %rbp
.Linterrupt_restored:
spurious:
    iretq
    .size   interrupt, . - interrupt
    .global spurious_vector
    .set    spurious_vector, spurious

/* Exceptions: struct fault_frame of fault.c. Those without an error code push a 0; the return address of the call tells the vector. Eight bytes
 * each. */
    .global exception_vectors
    .balign 8
exception_vectors:
    .set    vector, 0
    .rept   32
    .if     (1 << vector) & 0x60227d00  /* 8, 10 to 14, 17, 21, 29, 30 */
    .short  0x9066                      /* a NOP of two bytes */
    .else
    pushq   $0
    .endif
    call    exception
    nop
    .set    vector, vector + 1
    .endr

    .type   exception, %function
exception:
    pushq   %r15
    pushq   %r14
    pushq   %r13
    pushq   %r12
    pushq   %r11
    pushq   %r10
    pushq   %r9
    pushq   %r8
    pushq   %rdi
    pushq   %rsi
    pushq   %rbp
    pushq   %rbx
    pushq   %rdx
    pushq   %rcx
    pushq   %rax
    movq    %cr2, %rax
    pushq   %rax
    movq    %rsp, %rdi
    subq    $8, %rsp                    /* the CPU has pushed at a multiple of 16 (Intel SDM 3A, 6.14.2), as it has to be at a call */
.Lexception_saved:
    cld
.Lexception_call:
    call    report_fault                /* it does not return: a call is what debuggers look for */
.Lexception_end:
    .size   exception, . - exception

#include "vectors-frames.h"
