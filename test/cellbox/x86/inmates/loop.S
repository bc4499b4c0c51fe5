/* Spins with interrupts off. */
#include "lib.S"
begin
main:	say	"spinning"
1:	jmp	1b
