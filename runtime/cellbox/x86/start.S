/* The monitor: first instructions of every CPU in RAM, exceptions of its own, and the switch between a cell and the monitor.
 *
 * Paging maps everything one to one, so the monitor's addresses are physical. Each CPU has its own stack. While a CPU belongs to a cell, its stack
 * holds exactly one frame of the cell's registers, written at each exit and read at each entry, so that a handler that never returns costs nothing.
 *
 * On a cell's CPU the global interrupt flag is clear wherever the monitor runs, but for `wait_kick` and its like: interrupts, which are the cell's,
 * wait for it, and so does an NMI, which says that the monitor wants something (AMD APM volume 2, 15.17).
 */
#include "frame.h"

#define EFER 0xc0000080
#define EFER_LME_NXE_SVME 0x1900
#define VM_HSAVE_PA 0xc0010117
#define APIC_EOI 0xfee000b0

.section .text.start, "ax"
.code16
/* Copied to a page below 1 MiB, where further CPUs arrive by SIPI. */
.global start_page
start_page:
    cli
    lgdtl   %cs:(gdt_pointer - start_page)
    movl    %cr0, %eax
    orl     $1, %eax
    movl    %eax, %cr0
    ljmpl   $CODE32, $protected
.balign 4
gdt_pointer:
    .short  4 * 8 - 1
    .quad   gdt                         /* of 32-bit code the low half */

.code32
.global protected
protected:
    movw    $DATA_SEGMENT, %ax
    movw    %ax, %ds
    movw    %ax, %es
    movw    %ax, %fs
    movw    %ax, %gs
    movw    %ax, %ss
    movl    $0x20, %eax                 /* PAE */
    movl    %eax, %cr4
    movl    $translation_table, %eax
    movl    %eax, %cr3
    movl    $EFER, %ecx
    rdmsr
    orl     $EFER_LME_NXE_SVME, %eax
    wrmsr
    movl    $0x80010031, %eax           /* PG, WP, NE, ET, PE; caches on */
    movl    %eax, %cr0
    ljmpl   $CODE64, $long_mode

.code64
long_mode:
    lgdt    gdt_pointer
    movl    $1, %eax
    cpuid
    shrl    $24, %ebx                   /* APIC ID: QEMU numbers CPUs by it */
    leal    1(%rbx), %esp
    shll    $STACK_SHIFT, %esp
    addl    $stacks, %esp
    movl    %ebx, %eax
    shll    $12, %eax
    addl    $host_state, %eax
    xorl    %edx, %edx
    movl    $VM_HSAVE_PA, %ecx
    wrmsr
    lidt    idt_pointer
    xorl    %ebp, %ebp
    subl    $FRAME_SIZE, %esp
    movl    %ebx, %edi
    movq    %rsp, %rsi
    call    monitor_start

resume:
    movq    FRAME_BLOCK(%rsp), %rax
    movq    FRAME_RCX(%rsp), %rcx
    movq    FRAME_RDX(%rsp), %rdx
    movq    FRAME_RBX(%rsp), %rbx
    movq    FRAME_RBP(%rsp), %rbp
    movq    FRAME_RSI(%rsp), %rsi
    movq    FRAME_RDI(%rsp), %rdi
    .irp    n, 8, 9, 10, 11, 12, 13, 14, 15
    movq    FRAME_R8 + (\n - 8) * 8(%rsp), %r\n
    .endr
    vmrun   %rax
    /* RAX, RSP and RFLAGS are the monitor's again; the cell's are in the control block. */
    movq    %rcx, FRAME_RCX(%rsp)
    movq    %rdx, FRAME_RDX(%rsp)
    movq    %rbx, FRAME_RBX(%rsp)
    movq    %rbp, FRAME_RBP(%rsp)
    movq    %rsi, FRAME_RSI(%rsp)
    movq    %rdi, FRAME_RDI(%rsp)
    .irp    n, 8, 9, 10, 11, 12, 13, 14, 15
    movq    %r\n, FRAME_R8 + (\n - 8) * 8(%rsp)
    .endr
    xorl    %ebp, %ebp
    movq    %rsp, %rdi
    call    monitor_exit
    jmp     resume

/* An NMI that comes before the HLT must not let it sleep: the handler steps over it. */
.global wait_kick
wait_kick:
    stgi
wait_kick_halt:
    hlt
wait_kick_end:
    clgi
    ret

.global take_kick
take_kick:
    stgi
    nop
    clgi
    ret

/* One instruction after STI interrupts come, all that are pending, one after the other. */
.global take_interrupts
take_interrupts:
    stgi
    sti
    nop
    nop
    cli
    clgi
    ret

own_nmi:
    cmpq    $wait_kick_halt, (%rsp)
    jne     1f
    movq    $wait_kick_end, (%rsp)
1:  iretq

/* The core's timer, or what was pending for a cell that has ended. */
.global own_interrupt
own_interrupt:
    pushq   %rax
    movl    $APIC_EOI, %eax
    movl    $0, (%rax)
    popq    %rax
    iretq

/* A defect of the monitor: tell the host what and where, once; the stack starts again, as it may be the cause. */
own_exception:
    popq    %rdi                        /* the vector */
    popq    %rax                        /* the error code */
    shlq    $32, %rdi
    orq     %rax, %rdi
    movq    (%rsp), %rsi
    movq    %cr2, %rdx
    movl    $emergency_stack, %esp
    call    monitor_fault
2:  hlt
    jmp     2b

/* One entry each 16 bytes; those that have no error code push one. */
.global exception_entries
.balign 16
exception_entries:
    .set    vector, 0
    .rept   32
    .balign 16
    .if     vector == 2
    jmp     own_nmi
    .else
    .if     !(vector == 8 || (vector >= 10 && vector <= 14) || vector == 17 || vector == 21)
    pushq   $0
    .endif
    pushq   $vector
    jmp     own_exception
    .endif
    .set    vector, vector + 1
    .endr

.section .rodata.segments, "a"
.balign 8
.global gdt
gdt:
    .quad   0
    .quad   0x00cf9b000000ffff          /* code, 32 bits */
    .quad   0x00cf93000000ffff          /* data */
    .quad   0x00af9b000000ffff          /* code, 64 bits */
.balign 8
idt_pointer:
    .short  256 * 16 - 1
    .quad   idt

/* 4 GiB in blocks of 2 MiB: RAM, PCI's memory, the APIC's registers. */
.section .data.translation, "aw"
.balign 4096
translation_table:
    .quad   third_level + 3
    .fill   511, 8, 0
third_level:
    .set    gib, 0
    .rept   4
    .quad   second_level + gib * 4096 + 3
    .set    gib, gib + 1
    .endr
    .fill   508, 8, 0
second_level:
    .set    block, 0
    .rept   4 * 512
    .quad   (block << 21) + 0x83
    .set    block, block + 1
    .endr

.section .bss.stacks, "aw", @nobits
.balign 4096
.global idt
idt:
    .space  256 * 16
/* What VMRUN keeps of the monitor's state, a page a CPU. */
host_state:
    .space  MAX_CPUS * 4096
stacks:
    .space  MAX_CPUS << STACK_SHIFT
    .space  4096
emergency_stack:
