/* From protected mode to C, in long mode. */
#include "entry.S"

first:
    xorl    %esi, %esi
    cld
    xorl    %eax, %eax
    movl    $root_tables, %edi
    movl    $3 * PAGE / 4, %ecx
    rep stosl
    movl    $root_tables + PAGE + (PRESENT | WRITABLE), root_tables
    movl    $root_tables + 2 * PAGE + (PRESENT | WRITABLE), root_tables + PAGE
    /* The first 2 MiB one to one, until C has built the pages. */
    movl    $PRESENT | WRITABLE | LARGE, root_tables + 2 * PAGE
    jmp     enable_paging

restarted:
    decl    %esi
enable_paging:
    movl    $0x620, %eax                /* PAE, OSFXSR, OSXMMEXCPT */
    movl    %eax, %cr4
    movl    $root_tables, %eax
    movl    %eax, %cr3
    movl    $0x2ff, %ecx                /* IA32_MTRR_DEF_TYPE.E: without it Jailhouse leaves all memory uncached */
    rdmsr
    orl     $0x800, %eax
    wrmsr
    movl    $0xc0000080, %ecx           /* IA32_EFER: LME, NXE */
    rdmsr
    orl     $0x900, %eax
    wrmsr
    movl    $0x80010033, %eax           /* PG, WP, NE, ET, MP, PE */
    movl    %eax, %cr0
    ljmpl   $CODE64, $long_mode

    .balign 8
boot_gdt:
    .quad   0
    .quad   0x00cf9b000000ffff          /* code, 32 bits */
    .quad   0x00af9b000000ffff          /* code, 64 bits */
    .quad   0x00cf93000000ffff          /* data */
boot_gdt_pointer:
    .short  4 * 8 - 1
    .long   boot_gdt

    .code64
long_mode:
    xorl    %ebp, %ebp                  /* ends the chain of frame records */
    testl   %esi, %esi
    jnz     further_cpu
    movl    $__stacks_end, %esp
    call    build_tables
    movq    $pages + (PRESENT | WRITABLE), root_tables + 2 * PAGE
    movq    %cr3, %rax
    movq    %rax, %cr3
    movl    $MAIN_STACK_TOP, %esp
    pushq   $0                          /* a return address, as at any function's entry */
    jmp     runtime_main

further_cpu:
#if MORE_CPUS > 0
    imull   $CPU_SLOT, %esi, %esp
    addl    $CPU_STACKS - CPU_SLOT + PAGE + CPU_STACK_SIZE, %esp
    movl    %esi, %edi
    pushq   $0
    jmp     further_cpu_main
#else
    hlt
    jmp     further_cpu
#endif

    /* To C, objects at constant addresses: linear memory, and everything, for native addresses. */
    .globl  linear_memory
    .set    linear_memory, LINEAR_BASE
    .globl  native_memory
    .set    native_memory, 0
