/* Looks at configuration space, by ports and in memory; then writes to a function that is not its own, if the host has loaded a number for that. */
#include "lib.S"
.equ HDA, 0x1b << 11
.macro config place, enable=0x80000000
	movl	$0xcf8, %edx
	movl	$\enable + \place, %eax
	outl	%eax, %dx
	movl	$0xcfc, %edx
	inl	%dx, %eax
.endm
begin
main:	config	HDA
	show	id, %rax
	config	0x800
	show	absent, %rax
	config	HDA, 0
	show	bare, %rax
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
	cmpb	$4, PARAMETER
	je	parts
	cmpb	$5, PARAMETER
	je	overflow
	finish
absent:	movl	$0xb0000000, %ebx
	movl	$0, 4(%rbx)
foreign:	movl	$0xfee01000, 0x64(%rbx)
header:	movl	$0, 8(%rbx)
/* Of a BAR that can be moved, and of the command: bytes and a word that is not aligned, which ports alone can write. */
parts:	movb	$0xd2, %al
	movb	%al, 0x13(%rbx)
	config	HDA + 0x10
	movl	$0xcfd, %edx
	movw	$0x3456, %ax
	outw	%ax, %dx
	movl	0x10(%rbx), %eax
	show	parts, %rax
	xorl	%eax, %eax
	movb	%al, 5(%rbx)
	movl	4(%rbx), %eax
	andl	$0xffff, %eax
	show	pin, %rax
	config	HDA + 4
	movl	$0xcfd, %edx
	movw	$4, %ax
	outw	%ax, %dx
	movl	4(%rbx), %eax
	andl	$0xffff, %eax
	show	nopin, %rax
	finish
overflow:
	movl	$0xcfe, %edx
	inl	%dx, %eax
