/* A frame pointer that leads to a device region without a device, then something forbidden: who looks for callers there gets no answer. */
#include "lib.S"
_start:
	ldr	x29, =0xa0000000
	ldr	x0, =0x12345678
	str	x0, [x0]
	library
