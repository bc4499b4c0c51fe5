/* Entries of the IOAPIC: what may stand in a masked one, and an interrupt of ACPI's timer by a logical destination; or what the number that the host
 * has loaded says, which must stop it. */
#include "lib.S"
.equ	IOAPIC, 0xfec00000
.equ	LOW, 0x10 + 2 * 9	/* the cell's pin */
.equ	HIGH, LOW + 1
.equ	OTHER, 0x10 + 2 * 4
.equ	PM1, 0x600
.macro	set index, value
	movl	$\index, (%rsi)
	movl	$\value, 0x10(%rsi)
.endm
.macro	get label, index
	movl	$IOAPIC, %esi
	movl	$\index, (%rsi)
	movl	0x10(%rsi), %eax
	show	\label, %rax
	movl	$IOAPIC, %esi
.endm
begin
main:	take	32, handler
	setmsr	0x80f, 0x1ff
	movl	$IOAPIC, %esi
	movzbl	PARAMETER, %eax
	cmpl	$1, %eax
	je	physical
	cmpl	$2, %eax
	je	later
	cmpl	$3, %eax
	je	logical
	cmpl	$4, %eax
	je	past
	cmpl	$5, %eax
	je	wide
	set	HIGH, 0x01000000	/* CPU 1: not the cell's */
	set	LOW, 0x10520		/* and no mode that it might have */
	get	high, HIGH
	get	low, LOW
	set	OTHER, 0x20
	get	other, OTHER
	set	HIGH, 0x04000000
	set	LOW, 0x8820
	movl	$PM1 + 2, %edx
	movl	$1, %eax
	outw	%ax, %dx
	xorl	%ebx, %ebx
1:	sti
	hlt
	cli
	testl	%ebx, %ebx
	jz	1b
	show	came, %rbx
	finish
physical:
	set	HIGH, 0x01000000
	set	LOW, 0x20
	finish
later:	set	HIGH, 0x02000000
	set	LOW, 0x20
	set	HIGH, 0x01000000
	finish
logical:
	set	HIGH, 0x06000000	/* CPUs 1 and 2 */
	set	LOW, 0x820
	finish
past:	get	past, 0x40
	finish
wide:	get	wide, 0x110
	finish
handler:
	incl	%ebx
	movl	$PM1 + 2, %edx
	xorl	%eax, %eax
	outw	%ax, %dx
	setmsr	0x80b, 0
	iretq
