/* Prints as many ticks of the APIC's timer as the host has loaded at 0x8000, 50 ms apart, then ends. */
#include "lib.S"
begin
main:	take	32, handler
	setmsr	0x80f, 0x1ff
	setmsr	0x83e, 3
	setmsr	0x832, 0x20020		/* periodic */
	setmsr	0x838, 3125000
	xorl	%ebx, %ebx
wait:	sti
	hlt
	cli
	cmpb	PARAMETER, %bl
	jb	wait
	setmsr	0x832, 0x10000
	say	"done"
	finish
handler:	/* Where the machine stands still for long, the next tick comes at once. */
	cmpb	PARAMETER, %bl
	jae	1f
	incl	%ebx
	show	tick, %rbx
1:	setmsr	0x80b, 0
	iretq
