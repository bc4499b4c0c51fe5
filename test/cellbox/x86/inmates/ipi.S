/* Sends interrupt 40 to its own ID, to IDs of all ones, and to all bits of a logical destination; how often each came. */
#include "lib.S"
.macro	send label, low, high
	xorl	%ebx, %ebx
	setmsr	0x830, \low, \high
	sti
	nop
	nop
	cli
	show	\label, %rbx
.endm
begin
main:	movl	$idt + 40 * 16, %edi
	movl	$handler, %eax
	movw	%ax, (%rdi)
	movw	$0x18, 2(%rdi)
	movw	$0x8e00, 4(%rdi)
	lidt	idtr
	setmsr	0x80f, 0x1ff
	send	own, 0x4028, 2
	send	ones, 0x4028, 0xff
	send	x2ones, 0x4028, 0xffffffff
	send	logical, 0x4828, 0xff
	finish
handler:
	incl	%ebx
	setmsr	0x80b, 0
	iretq
	.balign	8
idtr:	.short	41 * 16 - 1
	.quad	idt
	.equ	idt, 0xa000
