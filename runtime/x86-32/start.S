/* From protected mode to C, with paging. */
#include "entry.S"

first:
    xorl    %esi, %esi
    cld
    xorl    %eax, %eax
    movl    $root_tables, %edi
    movl    $2 * PAGE / 4, %ecx
    rep stosl
    movl    $directory_pointers, %edi
    movl    $4 * 2, %ecx
    rep stosl
    movl    $root_tables + PRESENT, directory_pointers
    movl    $root_tables + PAGE + PRESENT, directory_pointers + 8
    /* The first 2 MiB one to one, until C has built the pages. */
    movl    $PRESENT | WRITABLE | LARGE, root_tables
    jmp     enable_paging

restarted:
    decl    %esi
enable_paging:
    movl    $0x620, %eax                /* PAE, OSFXSR, OSXMMEXCPT */
    movl    %eax, %cr4
    movl    $directory_pointers, %eax
    movl    %eax, %cr3
    movl    $0x2ff, %ecx                /* IA32_MTRR_DEF_TYPE.E: without it Jailhouse leaves all memory uncached */
    rdmsr
    orl     $0x800, %eax
    wrmsr
    movl    $0x80010033, %eax           /* PG, WP, NE, ET, MP, PE */
    movl    %eax, %cr0
    jmp     paging
paging:
    fninit                              /* a reset leaves another precision (Intel SDM 3A, 9.1.1); functions may return floats in ST0 */
    xorl    %ebp, %ebp                  /* ends the chain of frame records */
    testl   %esi, %esi
    jnz     further_cpu
    movl    $__stacks_end, %esp
    call    build_tables
    movl    $pages + (PRESENT | WRITABLE), root_tables
    movl    %cr3, %eax
    movl    %eax, %cr3
    movl    $MAIN_STACK_TOP, %esp
    pushl   $0                          /* a return address, as at any function's entry */
    jmp     runtime_main

further_cpu:
#if MORE_CPUS > 0
    imull   $CPU_SLOT, %esi, %esp
    addl    $CPU_STACKS - CPU_SLOT + PAGE + CPU_STACK_SIZE - 16, %esp
    movl    %esi, (%esp)
    pushl   $0
    jmp     further_cpu_main
#else
    hlt
    jmp     further_cpu
#endif

    .balign 8
boot_gdt:
    .quad   0
    .quad   0x00cf9b000000ffff          /* code */
    .quad   0x00cf93000000ffff          /* data */
boot_gdt_pointer:
    .short  3 * 8 - 1
    .long   boot_gdt

    /* One for each GiB. For the CPU they may begin at any multiple of 32 bytes (Intel SDM 3A, 4.4.1), but Jailhouse on AMD, where it reads the
     * instruction of an access that it emulates, takes the start of the page. */
    .section .tables.pointers, "aw", @nobits
    .balign PAGE
directory_pointers:
    .space  4 * 8

    /* To C, objects at constant addresses: linear memory, and everything, for native addresses. */
    .globl  linear_memory
    .set    linear_memory, LINEAR_BASE
    .globl  native_memory
    .set    native_memory, 0
