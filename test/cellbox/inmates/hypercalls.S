/* Every hypercall and PSCI function, its result each. */
#include "lib.S"
_start:
	.macro	call label, code, arg1=0, arg2=0
	hypercall	\code, \arg1, \arg2
	mov	x20, x0
	show	"\label", x20
	.endm
	.macro	firmware label, number, arg1=0, arg2=0, arg3=0
	ldr	x0, =\number
	ldr	x1, =\arg1
	ldr	x2, =\arg2
	ldr	x3, =\arg3
	smc	#0
	mov	x20, x0
	show	"\label", x20
	.endm
	.irp	code, 0, 1, 2, 3, 4, 6, 9, 99
	call	"hypercall-\code", \code
	.endr
	call	"putc", 8, 0x21
	call	"cells", 5, 4
	call	"unknown-info", 5, 77
	call	"own-state", 7, 1, 0
	call	"own-hypercalls", 7, 1, 1003
	call	"foreign-state", 7, 0, 0
	call	"no-such-cpu", 7, 50, 0
	firmware	"version", 0x84000000
	firmware	"smccc-version", 0x80000000
	firmware	"features-cpu-on", 0x8400000a, 0xc4000003
	firmware	"features-system-off", 0x8400000a, 0x84000008
	firmware	"affinity-own", 0xc4000004, 1
	firmware	"affinity-foreign", 0xc4000004, 0
	firmware	"cpu-on-own", 0xc4000003, 1, 0, 7
	firmware	"cpu-on-foreign", 0xc4000003, 0, 0, 7
	firmware	"system-off", 0x84000008
	finish
	library
