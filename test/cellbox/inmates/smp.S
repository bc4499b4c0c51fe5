/* The first CPU starts the second, which answers with an SGI; then the second turns itself off. */
#include "lib.S"
#include "gic-macros.S"
	.equ	CPU_ON, 0xc4000003
	.equ	AFFINITY_INFO, 0xc4000004
_start:
	gic_enable
	mrs	x25, mpidr_el1
	and	x25, x25, #0xff
	show	"first", x25
	.macro	firmware label, number, arg1, arg2=xzr, arg3=xzr
	ldr	x0, =\number
	mov	x1, \arg1
	mov	x2, \arg2
	mov	x3, \arg3
	smc	#0
	mov	x20, x0
	show	"\label", x20
	.endm
	add	x26, x25, #1
	adr	x21, second
	mov	x22, #0xabcd
	firmware "before", AFFINITY_INFO, x26
	firmware "on", CPU_ON, x26, x21, x22
	/* Interrupts are masked: WFI wakes all the same. */
1:	wfi
	gic_acknowledge
	cmp	x20, #1020
	b.hs	1b
	gic_end
	show	"sgi", x20
	lsr	x21, x19, #10
	show	"sender", x21
	mov	x0, #0x9000
	ldr	x20, [x0]
	show	"context", x20
	mov	x0, #0x9000
	ldr	x20, [x0, #8]
	show	"second", x20
2:	ldr	x0, =AFFINITY_INFO
	mov	x1, x26
	smc	#0
	cmp	x0, #1
	b.ne	2b
	say	"off again"
	finish

second:	mov	x2, #0x9000
	str	x1, [x2]
	mrs	x3, mpidr_el1
	and	x3, x3, #0xff
	str	x3, [x2, #8]
	dsb	sy
	sub	x3, x3, #1
	mov	x4, #1
	lsl	x4, x4, x3
	mov	x5, #5
	gic_send x5, x4
	ldr	x0, =0x84000002
	smc	#0
	library
