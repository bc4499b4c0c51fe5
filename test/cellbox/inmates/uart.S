/* What drivers touch of a PL011 (type 3), then output through the hypercall. */
#include "lib.S"
_start:
	ldr	x10, =UART
	.macro	reg label, offset
	ldr	w20, [x10, #\offset]
	show	"\label", x20
	.endm
	reg	"flags", 0x18
	reg	"id", 0xfe0
	mov	w0, #26
	str	w0, [x10, #0x24]
	mov	w0, #0x60
	strb	w0, [x10, #0x2c]
	mov	w0, #0x3101
	strh	w0, [x10, #0x30]
	reg	"divider", 0x24
	reg	"line", 0x2c
	reg	"control", 0x30
	reg	"raw-interrupts", 0x3c
	adr	x21, text
1:	ldrb	w22, [x21], #1
	cbz	w22, 2f
	mov	x0, #8
	mov	x1, x22
	hvc	#0x4a48
	b	1b
2:	finish
text:	.asciz	"by hypercall\n"
	.balign	4
	library
