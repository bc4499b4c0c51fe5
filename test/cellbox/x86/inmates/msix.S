/* A function's MSI-X table: what may be in an entry that is off, then in one that is on; or what the number that the host has loaded says. */
#include "lib.S"
.equ	TABLE, 0x5000000
.equ	CONTROL, 0xb00d8070
.equ	ON, 0x80000000
.macro	set place, value
	movl	$\place, %ebx
	movl	$\value, %eax
	movl	%eax, (%rbx)
.endm
.macro	get label, place
	movl	$\place, %ebx
	movl	(%rbx), %eax
	show	\label, %rax
.endm
begin
main:	movl	$TABLE + 0x83, TABLES + 0x2000 + (TABLE >> 21) * 8
	movzbl	PARAMETER, %eax
	cmpl	$1, %eax
	je	entry
	cmpl	$2, %eax
	je	enable
	cmpl	$3, %eax
	je	unaligned
	cmpl	$4, %eax
	je	behind
	get	masked, TABLE + 12
	set	TABLE, 0xfee01000	/* CPU 1, which is not the cell's */
	set	TABLE + 12, 0
	get	foreign, TABLE
	get	open, TABLE + 12
	set	TABLE + 12, 1
	set	CONTROL, ON
	set	TABLE, 0xfee02000
	set	TABLE + 8, 0x20
	set	TABLE + 12, 0
	get	own, TABLE
	set	TABLE, 0x1000
	get	nothing, TABLE
	get	behind, TABLE + 0x20
	finish
entry:	set	CONTROL, ON
	set	TABLE + 0x1c, 0
	set	TABLE + 0x10, 0xfee01000
	finish
enable:	set	TABLE + 0x10, 0xfee01000
	set	TABLE + 0x1c, 0
	set	CONTROL, ON
	finish
unaligned:
	get	unaligned, TABLE + 2
	finish
behind:	set	TABLE + 0x20, 0
	finish
