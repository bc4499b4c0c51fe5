/* For the test inmates: printing on the PL011 of qemu-arm64, hypercalls, the end. Everything runs with the MMU off, as the cell starts. */
.equ UART, 0x09000000
.equ COMM, 0x80000000
.equ GICD, 0x08000000
.equ GICR, 0x080a0000
.equ STATE_SHUT_DOWN, 2

/* Prints a label and a register's value as 16 hex digits. Changes x0 to x4 and x30. */
.macro show label, reg
	mov	x4, \reg
	adr	x0, 8f
	bl	print
	mov	x0, x4
	bl	hex
	b	9f
8:	.asciz	"\label "
	.balign	4
9:
.endm

.macro say text
	adr	x0, 8f
	bl	print
	b	9f
8:	.asciz	"\text\n"
	.balign	4
9:
.endm

/* The cell ends by itself: state "shut down", then sleep. */
.macro finish
	ldr	x0, =COMM
	mov	w1, #STATE_SHUT_DOWN
	str	w1, [x0, #8]
7:	wfi
	b	7b
.endm

.macro hypercall code, arg1=0, arg2=0
	mov	x0, #\code
	mov	x1, #\arg1
	mov	x2, #\arg2
	hvc	#0x4a48
.endm

.macro library
print:	ldr	x1, =UART
1:	ldrb	w2, [x0], #1
	cbz	w2, 2f
	str	w2, [x1]
	b	1b
2:	ret

hex:	ldr	x1, =UART
	mov	x2, #60
1:	lsr	x3, x0, x2
	and	x3, x3, #15
	cmp	x3, #10
	add	x3, x3, #48
	b.lo	2f
	add	x3, x3, #39
2:	str	w3, [x1]
	subs	x2, x2, #4
	b.ge	1b
	mov	w3, #10
	str	w3, [x1]
	ret
	.ltorg
.endm
