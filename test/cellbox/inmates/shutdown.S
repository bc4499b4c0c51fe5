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
2:	/* Approved: the state first, as a cell that ends by itself does. */
	str	w11, [x10, #16]
	say	"good bye"
3:	wfi
	b	3b
	library
