/* The interrupt controller, for the version that the image is assembled for (GIC 2 or 3). All macros change x0 and x1. */
.equ GICC, 0x08010000

/* The CPU's interface on, all priorities through. */
.macro gic_enable
#if GIC == 2
	ldr	x0, =GICC
	mov	w1, #0xf0
	str	w1, [x0, #4]			/* PMR */
	mov	w1, #1
	str	w1, [x0]			/* CTLR */
#else
	msr	S3_0_C12_C12_4, xzr		/* ICC_CTLR_EL1 */
	mov	x0, #0xf0
	msr	S3_0_C4_C6_0, x0		/* ICC_PMR_EL1 */
	mov	x0, #1
	msr	S3_0_C12_C12_7, x0		/* ICC_IGRPEN1_EL1 */
#endif
.endm

/* x19: what is to be ended, with the sender of an SGI in bits 12:10 on a GICv2; x20: the ID, 1020 and above for none. */
.macro gic_acknowledge
#if GIC == 2
	ldr	x0, =GICC
	ldr	w19, [x0, #0xc]			/* IAR */
#else
	mrs	x19, S3_0_C12_C12_0		/* ICC_IAR1_EL1 */
#endif
	and	x20, x19, #0x3ff
.endm

.macro gic_end
#if GIC == 2
	ldr	x0, =GICC
	str	w19, [x0, #0x10]		/* EOIR */
#else
	msr	S3_0_C12_C12_1, x19		/* ICC_EOIR1_EL1 */
#endif
.endm

/* An SGI, its number in a register, to the CPUs of a mask in another (CPUs 0 to 7). */
.macro gic_send id, cpus
#if GIC == 2
	ldr	x0, =GICD
	lsl	x1, \cpus, #16
	orr	x1, x1, \id
	str	w1, [x0, #0xf00]		/* SGIR */
#else
	lsl	x1, \id, #24
	orr	x1, x1, \cpus
	msr	S3_0_C12_C11_5, x1		/* ICC_SGI1R_EL1 */
#endif
.endm

/* The private interrupts of a mask on this CPU, whose number (0 to 7) is in a register. */
.macro gic_enable_private mask, cpu
#if GIC == 2
	ldr	x0, =GICD
#else
	ldr	x0, =GICR + 0x10000
	add	x0, x0, \cpu, lsl #17
#endif
	ldr	w1, =\mask
	str	w1, [x0, #0x100]		/* ISENABLER0 */
.endm
