/* Prints for ever, with interrupts off. */
#include "lib.S"
begin
main:	say	"flood"
	jmp	main
