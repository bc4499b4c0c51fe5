/* Sees 2 MiB of physical memory at 0x10000000 as a whole, and prints which of its pages bear the marks of paint.S, once there are fifteen. */
#include "lib.S"
.equ SPAN, 0x10000000
.equ PAGES, 512
_start:
1:	mov	x20, #0		/* pages seen */
	mov	x21, #0		/* marks */
	ldr	x22, =SPAN
2:	ldr	x23, [x22, #0xff8]
	lsr	x24, x23, #16
	ldr	x25, =0x434f4c4f5552
	cmp	x24, x25
	cinc	x21, x21, eq
	add	x22, x22, #0x1000
	add	x20, x20, #1
	cmp	x20, #PAGES
	b.lo	2b
	cmp	x21, #15
	b.lo	1b
	mov	x20, #0
	ldr	x22, =SPAN
3:	ldr	x23, [x22, #0xff8]
	lsr	x24, x23, #16
	ldr	x25, =0x434f4c4f5552
	cmp	x24, x25
	b.ne	4f
	and	x23, x23, #0xffff
	show	"page", x20
	show	"mark", x23
4:	add	x22, x22, #0x1000
	add	x20, x20, #1
	cmp	x20, #PAGES
	b.lo	3b
	finish
	library
