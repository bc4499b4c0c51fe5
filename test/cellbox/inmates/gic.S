/* The distributor and redistributors as this cell sees them. Its only SPI is 144. */
#include "lib.S"
_start:
	ldr	x10, =GICD
	ldr	x11, =GICR
	.macro	reg32 label, base, offset
	mov	x12, #\offset
	ldr	w20, [\base, x12]
	show	"\label", x20
	.endm
	.macro	set32 base, offset, value
	mov	x12, #\offset
	mov	w13, #\value
	str	w13, [\base, x12]
	.endm
	set32	x10, 0x110, -1
	reg32	"enable-128", x10, 0x110
	set32	x10, 0x104, -1
	reg32	"enable-32", x10, 0x104
	set32	x10, 0x490, -1
	reg32	"priority-144", x10, 0x490
	set32	x10, 0x420, -1
	reg32	"priority-32", x10, 0x420
	reg32	"ctlr", x10, 0
	set32	x10, 0, 0
	reg32	"ctlr-after-write", x10, 0
	mov	x12, #0x6480
	ldr	x20, [x10, x12]
	show	"route-144", x20
	mov	x12, #0x6120
	ldr	x20, [x10, x12]
	show	"route-36", x20
	ldr	x20, [x11, #8]
	show	"typer-0", x20
	ldr	w20, [x11, #0x14]
	show	"waker-0", x20
	add	x11, x11, #0x20000
	ldr	x20, [x11, #8]
	show	"typer-1", x20
	ldr	w20, [x11, #0x14]
	show	"waker-1", x20
	mov	x12, #0xffe8
	ldr	w20, [x11, x12]
	show	"pidr2-1", x20
	add	x11, x11, #0x10000
	set32	x11, 0x100, -1
	reg32	"ppi-enable", x11, 0x100
	finish
	library
