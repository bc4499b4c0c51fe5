/* Starts the second CPU of the cell by INIT and SIPI, twice; each time it says so and wakes the first by an interrupt. Before that a SIPI to all others, which
 * must do nothing to a CPU that runs. */
#include "lib.S"
begin
main:	show	id, $0
	take	40, handler
	setmsr	0x80f, 0x1ff
	xorl	%ebx, %ebx
1:	cmpl	$2, ARRIVED
	jb	1b
	setmsr	0x830, 0xc4600
	setmsr	0x830, 0xc4600
again:	movq	$second, SECOND
	msr	0x802
	xorl	$3, %eax		/* CPUs 1 and 2 */
	movl	%eax, %edx
	movl	$0x830, %ecx
	movl	$0x4500, %eax
	wrmsr
	movl	$0x4600, %eax
	wrmsr
	wrmsr
	movl	%ebx, %r12d
2:	sti
	hlt
	cli
	cmpl	%ebx, %r12d
	je	2b
	cmpl	$2, %ebx
	jb	again
	show	arrived, ARRIVED
	say	"done"
	finish
second:	lidt	idtr
	say	"second"
	msr	0x802
	xorl	$3, %eax
	movl	%eax, %edx
	movl	$0x830, %ecx
	movl	$40, %eax
	wrmsr
3:	hlt
	jmp	3b
handler:
	incl	%ebx
	setmsr	0x80b, 0
	iretq
