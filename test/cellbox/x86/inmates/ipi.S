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
main:	take	40, handler
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
