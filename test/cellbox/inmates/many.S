/* Every CPU of the cell starts all others, so each is started by one of several at once, and counted. When all have tried, they turn themselves
 * off but for the first, which starts them again, to do something forbidden all at once. By the number at 0x8000: 1: the first lives on for a while. Number of CPUs at 0x8001; they are
 * 0, 1, 2 and so on. */
#include "lib.S"
	.equ	CPU_ON, 0xc4000003
	.equ	CPU_OFF, 0x84000002
	.equ	AFFINITY_INFO, 0xc4000004
	.equ	COUNT, 0x9000
	.equ	STARTED, 0x9008
	.equ	TRIED, 0x9010
	.macro	increment address
	ldr	x4, =\address
9:	ldaxr	x5, [x4]
	add	x5, x5, #1
	stlxr	w6, x5, [x4]
	cbnz	w6, 9b
	.endm
_start:
	mov	x29, #0
	ldr	x0, =COUNT
	stp	xzr, xzr, [x0]
	str	xzr, [x0, #16]
	mov	x0, #0x8000
	ldrb	w27, [x0]
	ldrb	w28, [x0, #1]
	bl	start_all
	/* All others have counted themselves and are off. */
	mov	x21, #1
1:	cmp	x21, x28
	b.hs	2f
3:	ldr	x0, =AFFINITY_INFO
	mov	x1, x21
	smc	#0
	cmp	x0, #1
	b.ne	3b
	add	x21, x21, #1
	b	1b
2:	ldr	x0, =COUNT
	ldp	x20, x21, [x0]
	show	"counted", x20
	show	"started", x21
	/* Once more, to fail together. */
	mov	x21, #1
4:	cmp	x21, x28
	b.hs	5f
	ldr	x0, =CPU_ON
	mov	x1, x21
	adr	x2, failing
	mov	x3, #0
	smc	#0
	add	x21, x21, #1
	b	4b
5:	cbz	w27, failing
	mrs	x22, cntvct_el0
	mrs	x0, cntfrq_el0
	lsr	x0, x0, #2
	add	x22, x22, x0
6:	mrs	x0, cntvct_el0
	cmp	x0, x22
	b.lo	6b
	say	"alone"
failing:
	ldr	x0, =0x12345678
	str	x0, [x0]

/* CPU_ON for each CPU; counts the successes, then itself. */
start_all:
	mov	x23, #0
1:	ldr	x0, =CPU_ON
	mov	x1, x23
	adr	x2, second
	mov	x3, x28
	smc	#0
	cbnz	x0, 2f
	increment STARTED
2:	add	x23, x23, #1
	cmp	x23, x28
	b.lo	1b
	increment TRIED
	ret

second:	mov	x28, x1
	increment COUNT
	bl	start_all
1:	ldr	x4, =TRIED
	ldar	x5, [x4]
	cmp	x5, x28
	b.lo	1b
	ldr	x0, =CPU_OFF
	smc	#0
	library
