/* Turns its only CPU off; the line behind must not appear. */
#include "lib.S"
_start:
	say	"going off"
	ldr	x0, =0x84000002
	smc	#0
	say	"still here"
	library
