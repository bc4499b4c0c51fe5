/* An SGI to this CPU (number 1) that is sent again while it is being handled, and again when it is over. */
#include "lib.S"
#include "gic-macros.S"
_start:
	gic_enable
	mov	x21, #5
	mov	x22, #2
	gic_send x21, x22
	gic_acknowledge
	show	"first", x20
	gic_send x21, x22
	isb
	gic_end
	isb
	gic_acknowledge
	show	"while-handled", x20
	gic_send x21, x22
	isb
	gic_acknowledge
	show	"afterwards", x20
	gic_end
	finish
	library
