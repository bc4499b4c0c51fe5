/* Sets its ivshmem device up by accesses of several widths and rings itself, in one-shot mode; or sets up what must stop it, by the number that the
 * host has loaded. */
#include "lib.S"
.equ	CONFIG, 0xb0170000	/* 01:0e.0 */
.equ	REGISTERS, 0xff000000
.equ	TABLE, 0xff001000
.equ	MSIX, CONFIG + 0x60
.macro	set32 place, value
	movl	$\place, %ebx
	movl	$\value, %eax
	movl	%eax, (%rbx)
.endm
.macro	set8 place, value
	movl	$\place, %ebx
	movb	$\value, %al
	movb	%al, (%rbx)
.endm
.macro	get label, place
	movl	$\place, %ebx
	movl	(%rbx), %eax
	show	\label, %rax
.endm
.macro	ring label, what
	xorl	%r12d, %r12d
	set32	REGISTERS + 0xc, \what
	sti
	nop
	nop
	cli
	show	\label, %r12
.endm
begin
main:	take	40, handler
	setmsr	0x80f, 0x1ff
	set8	CONFIG + 0x13, 0xff
	set32	CONFIG + 0x14, TABLE
	movzbl	PARAMETER, %eax
	cmpl	$6, %eax
	je	beyond
	cmpl	$7, %eax
	je	pin
	cmpl	$3, %eax
	je	master
	set8	CONFIG + 4, 6
	movzbl	PARAMETER, %eax
	cmpl	$1, %eax
	je	entry
	cmpl	$2, %eax
	je	enable
	cmpl	$4, %eax
	je	unaligned
	cmpl	$5, %eax
	je	pending
	set32	CONFIG + 0x44, 0
	set32	CONFIG + 0x7c, 0
	set8	MSIX, 0
	set8	CONFIG + 0x43, 1
	get	oneshot, CONFIG + 0x40
	set8	MSIX + 3, 0xc0
	set32	TABLE + 0x30, 0xfee02000	/* CPU 2, which is not the cell's: no matter while all are masked */
	set32	TABLE + 0x3c, 0
	set32	TABLE + 0x3c, 1
	movl	$TABLE + 0x20, %ebx
	movq	$0xdeadfee01000, %rax	/* of which the entry takes one word */
	movq	%rax, (%rbx)
	get	high, TABLE + 0x24
	set8	TABLE + 0x28, 40
	set8	TABLE + 0x2c, 0
	set8	MSIX + 3, 0x80
	get	msix, MSIX
	movl	$REGISTERS + 4, %ebx
	movzwl	(%rbx), %eax
	show	peers, %rax
	set8	REGISTERS + 8, 1
	ring	bad, 0x10010		/* of 16 vectors */
	get	ready, REGISTERS + 8
	ring	good, 0x10002
	get	used, REGISTERS + 8
	ring	again, 0x10002
	finish
entry:	set32	MSIX, 0x80000000
	set32	TABLE, 0xfee02000
	set32	TABLE + 0xc, 0
	finish
enable:	set32	TABLE, 0xfee02000
	set32	TABLE + 0xc, 0
	set32	MSIX, 0x80000000
	finish
master:	set32	CONFIG + 4, 2
	set32	TABLE, 0xfee03004	/* CPUs 0 and 1, by their bits */
	set32	TABLE + 0xc, 0
	set32	MSIX, 0x80000000
	set32	CONFIG + 4, 6
	finish
unaligned:
	get	unaligned, TABLE + 2
	finish
pending:
	set32	TABLE + 0x100, 0
	finish
beyond:	set32	CONFIG + 0x80, 0
	finish
pin:	set32	CONFIG + 0x3c, 0
	finish
handler:
	incl	%r12d
	setmsr	0x80b, 0
	iretq
