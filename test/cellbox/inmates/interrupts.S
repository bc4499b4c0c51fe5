/* More interrupts at once than there are list registers, all SGIs and the SPI, then the timer; each is shown as it is acknowledged. */
#include "lib.S"
_start:
	mov	x0, #0x7000
	mov	sp, x0
	adr	x0, vectors
	msr	vbar_el1, x0
	msr	S3_0_C12_C12_4, xzr		/* ICC_CTLR_EL1 */
	mov	x0, #0xf0
	msr	S3_0_C4_C6_0, x0		/* ICC_PMR_EL1 */
	mov	x0, #1
	msr	S3_0_C12_C12_7, x0		/* ICC_IGRPEN1_EL1 */
	mov	x19, #0
	mov	x24, #0
	/* SGIs 0 to 15 to this CPU, number 1 of cluster 0. */
	mov	x20, #0
1:	lsl	x0, x20, #24
	orr	x0, x0, #2
	msr	S3_0_C12_C11_5, x0		/* ICC_SGI1R_EL1 */
	add	x20, x20, #1
	cmp	x20, #16
	b.lo	1b
	/* SPI 144: enabled, then pending. */
	ldr	x10, =GICD
	mov	w0, #0x10000
	str	w0, [x10, #0x110]
	str	w0, [x10, #0x210]
	msr	daifclr, #0xf
2:	cmp	x19, #17
	b.lo	2b
	show	"all", x24
	/* Timer interrupts, 1 ms apart. */
	ldr	x11, =GICR + 0x30000
	mov	w0, #1 << 27
	str	w0, [x11, #0x100]
	mov	x0, #62500
	msr	cntv_tval_el0, x0
	mov	x0, #1
	msr	cntv_ctl_el0, x0
3:	wfi
	cmp	x19, #22
	b.lo	3b
	show	"count", x19
	finish

irq:	sub	sp, sp, #64
	stp	x0, x1, [sp]
	stp	x2, x3, [sp, #16]
	stp	x4, x30, [sp, #32]
	str	x20, [sp, #48]
	mrs	x20, S3_0_C12_C12_0		/* ICC_IAR1_EL1 */
	cmp	x20, #1020
	b.hs	2f
	add	x19, x19, #1
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
3:	msr	S3_0_C12_C12_1, x20		/* ICC_EOIR1_EL1 */
2:	ldr	x20, [sp, #48]
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
