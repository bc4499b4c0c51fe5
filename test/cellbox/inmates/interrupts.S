/* More interrupts at once than there are list registers, all SGIs and the SPI, then the timer; each is shown as it is acknowledged. */
#include "lib.S"
#include "gic-macros.S"
_start:
	mov	x0, #0x7000
	mov	sp, x0
	adr	x0, vectors
	msr	vbar_el1, x0
	gic_enable
	mov	x25, #0
	mov	x24, #0
	/* SGIs 0 to 15 to this CPU, number 1 of cluster 0. */
	mov	x21, #0
	mov	x22, #2
1:	gic_send x21, x22
	add	x21, x21, #1
	cmp	x21, #16
	b.lo	1b
	/* SPI 144: enabled, then pending. */
	ldr	x10, =GICD
	mov	w0, #0x10000
	str	w0, [x10, #0x110]
	str	w0, [x10, #0x210]
	msr	daifclr, #0xf
2:	cmp	x25, #17
	b.lo	2b
	show	"all", x24
	/* Timer interrupts, 1 ms apart. */
	mov	x2, #1
	gic_enable_private 1 << 27, x2
	mov	x0, #62500
	msr	cntv_tval_el0, x0
	mov	x0, #1
	msr	cntv_ctl_el0, x0
3:	wfi
	cmp	x25, #22
	b.lo	3b
	msr	daifset, #0xf
	show	"count", x25
	finish

irq:	sub	sp, sp, #64
	stp	x0, x1, [sp]
	stp	x2, x3, [sp, #16]
	stp	x4, x30, [sp, #32]
	stp	x19, x20, [sp, #48]
	gic_acknowledge
	cmp	x20, #1020
	b.hs	2f
	add	x25, x25, #1
	cmp	x20, #16
	b.hs	1f
	mov	x0, #1
	lsl	x0, x0, x20
	add	x24, x24, x0
	b	3f
1:	show	"interrupt", x20
	cmp	x20, #27
	b.ne	3f
	mov	x0, #62500
	msr	cntv_tval_el0, x0
3:	gic_end
2:	ldp	x19, x20, [sp, #48]
	ldp	x4, x30, [sp, #32]
	ldp	x2, x3, [sp, #16]
	ldp	x0, x1, [sp]
	add	sp, sp, #64
	eret
	library

	.balign	0x800
vectors:
	.rept	16
	.balign	0x80
	b	irq
	.endr
