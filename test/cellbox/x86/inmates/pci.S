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
	movl	$0xfee01000, 0x64(%rbx)	/* CPU 1, which is not the cell's: no matter while it is off */
	movl	0x64(%rbx), %eax
	show	foreign, %rax
	movl	$0xfed01000, 0x64(%rbx)	/* not the APICs': no matter when it is on */
	movl	$0x10000, 0x60(%rbx)
	movl	0x64(%rbx), %eax
	show	nothing, %rax
	movl	$0, 0x60(%rbx)
	movl	$0xfee04ffd, 0x64(%rbx)	/* CPU 2 by its bit, and bits that mean nothing */
	movl	$0x1ff, 0x6c(%rbx)
	movl	$0x10000, 0x60(%rbx)
	movl	0x64(%rbx), %eax
	show	message, %rax
	movl	0x6c(%rbx), %eax
	andl	$0xffff, %eax
	show	data, %rax
	movl	0x60(%rbx), %eax
	shrl	$16, %eax
	andl	$1, %eax
	show	on, %rax
	movl	$0, 0x60(%rbx)
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
	cmpb	$6, PARAMETER
	je	late
	cmpb	$7, PARAMETER
	je	mode
	finish
absent:	movl	$0xb0000000, %ebx
	movl	$0, 4(%rbx)
foreign:
	movl	$0x10000, 0x60(%rbx)
	movl	$0xfee01000, 0x64(%rbx)
late:	movl	$0xfee06004, 0x64(%rbx)	/* CPUs 1 and 2 */
	movl	$0x10000, 0x60(%rbx)
mode:	movl	$0x420, 0x6c(%rbx)
	movl	$0x10000, 0x60(%rbx)
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
