/* The hypercalls that only the real-time fork has. */
#include "lib.S"
_start:
	.irp	code, 10, 11, 12
	hypercall	\code
	mov	x20, x0
	show	"call-\code", x20
	.endr
	finish
	library
