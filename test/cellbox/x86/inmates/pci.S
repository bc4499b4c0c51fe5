/* Looks at configuration space, by ports and in memory; then writes to a function that is not its own, if the host has loaded a number for that. */
#include "lib.S"
.equ HDA, 0x1b << 11
.macro config place
	movl	$0xcf8, %edx
	movl	$0x80000000 + \place, %eax
	outl	%eax, %dx
	movl	$0xcfc, %edx
	inl	%dx, %eax
.endm
begin
main:	config	HDA
	show	id, %rax
	config	0x800
	show	absent, %rax
	movl	$0xb00d8000, %ebx
	movl	(%rbx), %eax
	show	window, %rax
	movzwl	2(%rbx), %eax
	show	device, %rax
	movl	4(%rbx), %eax
	andl	$0xffff, %eax
	show	command, %rax
	movl	$6, 4(%rbx)
	movl	4(%rbx), %eax
	andl	$0xffff, %eax
	show	enabled, %rax
	movl	0x10(%rbx), %eax
	show	bar, %rax
	movl	$-1, 0x10(%rbx)
	movl	0x10(%rbx), %eax
	show	fixed, %rax
	movl	$0xfee02000, 0x64(%rbx)
	movl	0x64(%rbx), %eax
	show	message, %rax
	cmpb	$1, PARAMETER
	je	absent
	cmpb	$2, PARAMETER
	je	foreign
	cmpb	$3, PARAMETER
	je	header
	finish
absent:	movl	$0xb0000000, %ebx
	movl	$0, 4(%rbx)
foreign:	movl	$0xfee01000, 0x64(%rbx)
header:	movl	$0, 8(%rbx)
