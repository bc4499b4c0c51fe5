/* Writes ones to every word of the distributor and of all redistributors, sends every SGI to everybody, masks everything and spins. By the
 * number that the host has loaded at 0x8000: 1 writes outside of the cell before it spins, 2 goes on for ever, with zeros and a pattern. */
#include "lib.S"
#include "gic-macros.S"
_start:
	msr	daifset, #0xf
	say	"wild"
	mov	x0, #0x8000
	ldrb	w23, [x0]
again:	mov	x21, #-1
	bl	attack
	cmp	w23, #2
	b.ne	3f
	mov	x21, #0
	bl	attack
	ldr	x21, =0x01ffa55a
	bl	attack
3:	mov	x21, #0
	mov	x22, #0xff
1:	gic_send x21, x22
	add	x21, x21, #1
	cmp	x21, #16
	b.lo	1b
	cmp	w23, #2
	b.eq	again
	say	"spinning"
	cbz	w23, 2f
	ldr	x0, =0x12345678
	str	x0, [x0]
2:	b	2b

attack:	ldr	x10, =GICD
#if GIC == 2
	mov	x11, #0x1000
#else
	mov	x11, #0x10000
#endif
1:	sub	x11, x11, #4
	str	w21, [x10, x11]
	cbnz	x11, 1b
#if GIC == 3
	/* As many redistributors as there are: the last one says so. */
	ldr	x10, =GICR
2:	ldr	x12, [x10, #8]
	mov	x11, #0x20000
3:	sub	x11, x11, #4
	str	w21, [x10, x11]
	cbnz	x11, 3b
	add	x10, x10, #0x20000
	tbz	x12, #4, 2b
#endif
	ret
	library
