/* Prints the state at entry and the comm region. */
#include "lib.S"
begin
main:	movl	0x9000, %eax
	show	eax, %rax
	movl	0x9004, %eax
	show	cr0, %rax
	msr	0x1b
	show	apicbase, %rax
	msr	0x277
	show	pat, %rax
	msr	0xc0000080
	andl	$0x1000, %eax
	show	svme, %rax
	msr	0x802
	show	apicid, %rax
	msr	0x80f
	show	svr, %rax
	msr	0x832
	show	lvt, %rax
	msr	0x83e
	show	divide, %rax
	msr	0x2ff
	show	mtrr, %rax
	movl	$1, %eax
	cpuid
	shrl	$31, %ecx
	show	hypervisor, %rcx
	movl	$0x80000001, %eax
	cpuid
	andl	$4, %ecx
	show	svm, %rcx
	movl	$0x40000000, %eax
	cpuid
	show	leaf, %rax
	movl	$0x40000000, %eax
	cpuid
	show	name, %rbx
	show	comm+0, COMM
	show	comm+8, COMM+8
	show	comm+16, COMM+16
	show	comm+24, COMM+24
	show	comm+32, COMM+32
	show	comm+56, COMM+56
	movl	COMM+64, %eax
	show	timer+cpus, %rax
	movl	COMM+68, %eax
	show	tsc, %rax
	movl	COMM+72, %eax
	show	apic, %rax
	finish
