/* Three ticks of the APIC's timer in TSC-deadline mode, 10 ms apart, and whether the deadline was over each time; only what the LVT
 * shows where CPUID tells of no such mode. */
#include "lib.S"
begin
main:	take	32, handler
	movl	$1, %eax
	cpuid
	shrl	$24, %ecx
	andl	$1, %ecx
	movl	%ecx, %r15d
	show	feature, %rcx
	setmsr	0x80f, 0x1ff
	setmsr	0x832, 0x40020
	msr	0x832
	show	lvt, %rax
	testl	%r15d, %r15d
	jz	end
	xorl	%ebx, %ebx
again:	rdtsc
	shlq	$32, %rdx
	orq	%rdx, %rax
	movl	COMM+68, %ecx		/* kHz: counts of 1 ms */
	imulq	$10, %rcx
	addq	%rcx, %rax
	movq	%rax, %r12
	movq	%rax, %rdx
	shrq	$32, %rdx
	movl	$0x6e0, %ecx
	wrmsr
	msr	0x6e0
	subq	%r12, %rax
	show	armed, %rax
	movl	%ebx, %r13d
1:	sti
	hlt
	cli
	cmpl	%ebx, %r13d
	je	1b
	cmpl	$3, %ebx
	jb	again
	msr	0x6e0
	show	after, %rax
end:	finish
handler:
	incl	%ebx
	rdtsc
	shlq	$32, %rdx
	orq	%rdx, %rax
	xorl	%r14d, %r14d
	cmpq	%r12, %rax
	setae	%r14b
	show	tick, %r14
	setmsr	0x80b, 0
	iretq
