/* Masks everything and spins: only the monitor can end it. */
#include "lib.S"
_start:
	say	"spinning"
1:	b	1b
	library
