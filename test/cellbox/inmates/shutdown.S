/* Counts its starts in RAM that nobody clears, then answers messages with the reply that the host has loaded at 0x8000. */
#include "lib.S"
_start:
	mov	x0, #0x9000
	ldr	x20, [x0]
	add	x20, x20, #1
	str	x20, [x0]
	show	"start", x20
	ldr	x10, =COMM
	mov	x0, #0x8000
	ldrb	w11, [x0]
1:	yield
	ldr	w0, [x10, #12]
	cbz	w0, 1b
	str	wzr, [x10, #12]
	dmb	ishst
	cbz	w11, 1b
	cmp	w11, #2
	b.hi	2f
	str	w11, [x10, #16]
	b	1b
2:	/* Approved: nothing of this CPU is sure to happen behind the reply. */
	say	"good bye"
	ldr	x10, =COMM
	str	w11, [x10, #16]
3:	wfi
	b	3b
	library
