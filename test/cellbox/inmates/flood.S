/* Prints as fast as it can. */
#include "lib.S"
_start:
	say	"flood"
	b	_start
	library
