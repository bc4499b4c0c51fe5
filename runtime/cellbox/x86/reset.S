/* The last page of the ROM: the first instructions of the first CPU, which copy the monitor to where it runs. No firmware has run before; RAM is
 * zero. State after a reset: real mode, CS base 0xffff0000, IP 0xfff0 (AMD APM volume 2, 14.1). */
#include "frame.h"

.section .reset, "ax"
.code16
reset_page:
    cli
    lgdtl   %cs:(rom_gdt_pointer - reset_page + 0xf000)
    movl    %cr0, %eax
    orl     $1, %eax
    movl    %eax, %cr0
    ljmpl   $CODE32, $copy

.code32
copy:
    movw    $DATA_SEGMENT, %ax
    movw    %ax, %ds
    movw    %ax, %es
    movl    $ROM_BASE, %esi
    movl    $RAM_BASE, %edi
    movl    $copied_bytes, %ecx
    shrl    $2, %ecx
    cld
    rep movsl
    ljmpl   $CODE32, $protected

.balign 4
rom_gdt_pointer:
    .short  4 * 8 - 1
    .long   gdt + ROM_BASE - RAM_BASE

.org 0xff0
.code16
.global reset
reset:
    jmp     reset_page
.org 0x1000
