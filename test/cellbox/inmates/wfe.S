/* Waits as the SDK does, by a marked WFE with the event stream on, 2^16 counts apart; shows after how many events two seconds have passed. */
#include "lib.S"
_start:
	mov	x0, #15 << 4 | 1 << 2
	msr	cntkctl_el1, x0
	mrs	x21, cntvct_el0
	mrs	x0, cntfrq_el0
	add	x21, x21, x0, lsl #1
	mov	x20, #0
1:	hint	#0x6a
	wfe
	add	x20, x20, #1
	mrs	x0, cntvct_el0
	cmp	x0, x21
	b.lo	1b
	show	"events", x20
	finish
	library
