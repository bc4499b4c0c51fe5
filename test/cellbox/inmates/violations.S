/* Does the forbidden thing whose number the host has loaded at 0x8000, two calls deep. */
#include "lib.S"
_start:
	mov	x0, #0x7000
	mov	sp, x0
	mov	x29, #0
	mov	x30, #0
	bl	outer
back_in_start:
	say	"not stopped"
	finish

outer:	stp	x29, x30, [sp, #-16]!
	mov	x29, sp
	bl	inner
back_in_outer:
	ldp	x29, x30, [sp], #16
	ret

inner:	stp	x29, x30, [sp, #-16]!
	mov	x29, sp
	mov	x0, #0x8000
	ldrb	w1, [x0]
	adr	x2, actions
	add	x2, x2, x1, lsl #4
	ldr	x3, =0x12345678
	ldr	x4, =0x7faf0000
	ldr	x5, =GICD
	br	x2
return:	ldp	x29, x30, [sp], #16
	ret

	.macro	action instruction:vararg
	.balign	16
	\instruction
	b	return
	.endm
	.balign	16
actions:
	action	str w1, [x3]
	action	ldrb w1, [x3]
	action	str x1, [x4]
	action	br x3
	action	hvc #1
	action	msr S3_0_C12_C11_6, x3
	action	ldp w1, w2, [x5]
	action	ldrh w1, [x5, #0x104]
	action	ldr x1, [x4]
	library
