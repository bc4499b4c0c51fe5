/* Entry of an x86 inmate, which is linked and loaded at 0.
 *
 * State at entry (jailhouse-abi 3.3, 10.2): real mode, CS 0, as after a reset. All CPUs of the cell arrive at once; those that the program starts
 * come a second time, by INIT and SIPI. Goes on in protected mode
 * at `first` or, with the number of the CPU in the cell + 1 in ESI, at `restarted`. */
#include <layout.h>

    .section .text.start, "ax"
    .code16
    .global _start
_start:
    cli
    lgdtl   %cs:boot_gdt_pointer
    movl    $0x00000031, %eax           /* PE, ET, NE; CD and NW clear: cached once the MTRRs are on */
    movl    %eax, %cr0
    ljmpl   $CODE32, $protected

    .code32
protected:
    movw    $DATA_SEGMENT, %ax
    movw    %ax, %ds
    movw    %ax, %es
    movw    %ax, %ss
    movl    $1, %eax
    cpuid
    shrl    $24, %ebx                   /* APIC ID (Intel SDM 2A, CPUID leaf 1) */
    movzbl  CPU_STATES(%ebx), %esi
    cmpl    $CPU_WAITS, %esi
    ja      restarted
    movb    $CPU_WAITS, CPU_STATES(%ebx)
    movl    $1, %eax
    lock xaddl %eax, ARRIVALS
    testl   %eax, %eax
    jz      first
wait:                                   /* for INIT and SIPI */
    hlt
    jmp     wait
