/* Marks each page of 64 KiB of RAM but the first, at its end: the RAM is coloured, and pages.S looks where the marks are. */
#include "lib.S"
_start:
	mov	x10, #1
1:	lsl	x11, x10, #12
	ldr	x12, =0x434f4c4f55520000
	add	x12, x12, x10
	str	x12, [x11, #0xff8]
	add	x10, x10, #1
	cmp	x10, #16
	b.lo	1b
	dsb	sy
	say	"painted"
	finish
	library
