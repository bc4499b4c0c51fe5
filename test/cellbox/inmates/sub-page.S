/* Region at 0xa0000010, 16 bytes of the PL011 from its flag register on, read-only, 32 bits wide; then one access too many. */
#include "lib.S"
_start:
	ldr	x10, =0xa0000010
	ldr	w20, [x10, #8]
	show	"flags", x20
	mov	x0, #0x8000
	ldrb	w0, [x0]
	cmp	x0, #1
	b.lo	1f
	b.eq	2f
	ldr	w0, [x10, #16]
1:	ldrb	w0, [x10, #8]
2:	str	w0, [x10, #8]
	library
