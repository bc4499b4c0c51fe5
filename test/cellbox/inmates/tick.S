/* Ten times a second, by interrupts of the virtual timer: a line with the tick's number. Ends after as many as the host has loaded at 0x8000. */
#include "lib.S"
#include "gic-macros.S"
_start:
	mov	x0, #0x7000
	mov	sp, x0
	adr	x0, vectors
	msr	vbar_el1, x0
	mrs	x24, cntfrq_el0
	mov	x0, #10
	udiv	x24, x24, x0
	mrs	x23, cntvct_el0
	mov	x25, #0
	mov	x0, #0x8000
	ldrb	w26, [x0]
	gic_enable
	mrs	x2, mpidr_el1
	and	x2, x2, #7
	gic_enable_private 1 << 27, x2
	add	x23, x23, x24
	msr	cntv_cval_el0, x23
	mov	x0, #1
	msr	cntv_ctl_el0, x0
	/* WFI ends for masked interrupts, too: none gets lost between the comparison and it. */
1:	msr	daifset, #0xf
	cmp	x25, x26
	b.hs	2f
	wfi
	msr	daifclr, #0xf
	b	1b
2:	say	"done"
	finish

irq:	gic_acknowledge
	cmp	x20, #27
	b.ne	2f
	add	x25, x25, #1
	show	"tick", x25
	add	x23, x23, x24
	msr	cntv_cval_el0, x23
	cmp	x25, x26
	b.lo	1f
	/* The next one may be due at once. */
	msr	cntv_ctl_el0, xzr
1:	gic_end
2:	eret
	library

	.balign	0x800
vectors:
	.rept	16
	.balign	0x80
	b	irq
	.endr
