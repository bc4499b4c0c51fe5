/* Does one access, to a region or elsewhere: the byte at 0x8000 is the number of the instruction, the word at 0x8004 the address. A read is shown. */
#include "lib.S"
_start:
	mov	x0, #0x8000
	ldrb	w1, [x0]
	ldr	w10, [x0, #4]
	mov	x20, #0
	adr	x2, actions
	add	x2, x2, x1, lsl #4
	br	x2
back:	show	"value", x20
	finish

	.macro	action instruction:vararg
	.balign	16
	\instruction
	b	back
	.endm
	.balign	16
actions:
	action	ldrb w20, [x10]
	action	ldrh w20, [x10]
	action	ldr w20, [x10]
	action	ldr x20, [x10]
	action	strb w20, [x10]
	action	strh w20, [x10]
	action	str w20, [x10]
	action	str x20, [x10]
	action	ldrsb x20, [x10]
	action	ldrsb w20, [x10]
	action	ldr w20, [x10], #4
	library
