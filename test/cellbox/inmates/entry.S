/* Shows what the CPU and the comm region are like at the first instruction. */
#include "lib.S"
_start:
	/* Before anything is changed: all that must be zero, or-ed together. */
	mov	x20, x0
	mov	x21, x1
	orr	x22, x2, x3
	orr	x22, x22, x4
	orr	x22, x22, x5
	orr	x22, x22, x6
	orr	x22, x22, x7
	orr	x22, x22, x8
	orr	x22, x22, x9
	orr	x22, x22, x10
	orr	x22, x22, x11
	orr	x22, x22, x12
	orr	x22, x22, x13
	orr	x22, x22, x14
	orr	x22, x22, x15
	orr	x22, x22, x16
	orr	x22, x22, x17
	orr	x22, x22, x18
	orr	x22, x22, x19
	orr	x22, x22, x23
	orr	x22, x22, x24
	orr	x22, x22, x25
	orr	x22, x22, x26
	orr	x22, x22, x27
	orr	x22, x22, x28
	orr	x22, x22, x29
	orr	x22, x22, x30
	mov	x23, sp
	show	"x0", x20
	show	"x1", x21
	show	"x2-x30", x22
	show	"sp", x23
	.macro	register name
	mrs	x20, \name
	show	"\name", x20
	.endm
	.irp	name, CurrentEL, SPSel, DAIF, SCTLR_EL1, TCR_EL1, VBAR_EL1, CPACR_EL1, MAIR_EL1, TTBR0_EL1, TTBR1_EL1, SP_EL0, MPIDR_EL1, CNTFRQ_EL0, CNTV_CTL_EL0, CNTP_CTL_EL0
	register	\name
	.endr
	ldr	x20, =COMM
	.irp	offset, 0, 8, 16, 24, 32, 40, 48, 56, 64, 72, 80, 88, 96
	ldr	x21, [x20, #\offset]
	show	"comm+\offset", x21
	.endr
	finish
	library
