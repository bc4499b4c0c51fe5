/* The monitor at EL2: first instructions of every CPU, vectors, and the switch between a cell and the monitor.
 *
 * The MMU maps everything one to one, so the monitor's addresses are physical; it is on because only Normal memory takes unaligned accesses.
 * Each CPU has its own stack. While a CPU belongs to a cell, its stack holds exactly one frame of the cell's registers,
 * written at each exit and read at each return, so that a handler that never returns costs nothing.
 */
#include "frame.h"

.section .text.start, "ax"
.global _start
_start:
	/* QEMU starts the boot CPU here, x0 = address of a device tree that nobody needs. */
	mov	x0, #0
.global cpu_entry
cpu_entry:
	/* PSCI starts the others here, at EL2h as well: x0 = the index, given as context (Arm DEN 0022, 6.4). */
	adr	x1, stacks
	add	x2, x0, #1
	add	x1, x1, x2, lsl #STACK_SHIFT
	mov	sp, x1
	adr	x1, vectors
	msr	vbar_el2, x1
	adr	x1, translation_table
	msr	ttbr0_el2, x1
	ldr	x1, =0xff00		/* MAIR: attribute 0 Device-nGnRnE, attribute 1 Normal write-back (Arm ARM D17.2, MAIR_EL2) */
	msr	mair_el2, x1
	ldr	x1, =0x80823519		/* TCR: 39 bits of address, 4 KiB granule, inner shareable write-back walks, 40 bits out */
	msr	tcr_el2, x1
	tlbi	alle2
	dsb	sy
	ldr	x1, =0x30c51835		/* SCTLR: RES1 bits, I, C, M */
	isb
	msr	sctlr_el2, x1
	isb
	mov	x29, #0
	mov	x30, #0
	sub	sp, sp, #FRAME_SIZE
	mov	x1, sp
	bl	monitor_start
	b	resume

.macro vector handler, kind
	.balign	0x80
	sub	sp, sp, #FRAME_SIZE
	stp	x0, x1, [sp, #0]
	mov	x0, #\kind
	b	\handler
.endm

.balign 0x800
vectors:
	/* Exceptions of the monitor itself, SP_EL0 and SP_EL2. */
	.rept	8
	vector	own_exception, 0
	.endr
	/* The cell, AArch64 then AArch32: synchronous, IRQ, FIQ, SError. */
	.rept	2
	vector	cell_exit, EXIT_SYNCHRONOUS
	vector	cell_exit, EXIT_INTERRUPT
	vector	cell_exit, EXIT_INTERRUPT
	vector	cell_exit, EXIT_SERROR
	.endr

cell_exit:
	stp	x2, x3, [sp, #16 * 1]
	stp	x4, x5, [sp, #16 * 2]
	stp	x6, x7, [sp, #16 * 3]
	stp	x8, x9, [sp, #16 * 4]
	stp	x10, x11, [sp, #16 * 5]
	stp	x12, x13, [sp, #16 * 6]
	stp	x14, x15, [sp, #16 * 7]
	stp	x16, x17, [sp, #16 * 8]
	stp	x18, x19, [sp, #16 * 9]
	stp	x20, x21, [sp, #16 * 10]
	stp	x22, x23, [sp, #16 * 11]
	stp	x24, x25, [sp, #16 * 12]
	stp	x26, x27, [sp, #16 * 13]
	stp	x28, x29, [sp, #16 * 14]
	mrs	x2, elr_el2
	mrs	x3, spsr_el2
	stp	x30, x2, [sp, #16 * 15]
	str	x3, [sp, #16 * 16]
	mov	x1, sp
	bl	monitor_exit

resume:
	ldr	x3, [sp, #16 * 16]
	ldp	x30, x2, [sp, #16 * 15]
	msr	elr_el2, x2
	msr	spsr_el2, x3
	ldp	x2, x3, [sp, #16 * 1]
	ldp	x4, x5, [sp, #16 * 2]
	ldp	x6, x7, [sp, #16 * 3]
	ldp	x8, x9, [sp, #16 * 4]
	ldp	x10, x11, [sp, #16 * 5]
	ldp	x12, x13, [sp, #16 * 6]
	ldp	x14, x15, [sp, #16 * 7]
	ldp	x16, x17, [sp, #16 * 8]
	ldp	x18, x19, [sp, #16 * 9]
	ldp	x20, x21, [sp, #16 * 10]
	ldp	x22, x23, [sp, #16 * 11]
	ldp	x24, x25, [sp, #16 * 12]
	ldp	x26, x27, [sp, #16 * 13]
	ldp	x28, x29, [sp, #16 * 14]
	ldp	x0, x1, [sp, #0]
	add	sp, sp, #FRAME_SIZE
	eret

/* w0: 1, or 0 when no device answers. x0 address, w1 bytes, w2 write, x3 where the value is (register forms as cells must use them). */
.global try_access
try_access:
	cbnz	w2, 5f
	tbnz	w1, #0, 1f
	tbnz	w1, #1, 2f
	tbnz	w1, #2, 3f
	ldr	x4, [x0]
	b	4f
1:	ldrb	w4, [x0]
	b	4f
2:	ldrh	w4, [x0]
	b	4f
3:	ldr	w4, [x0]
4:	str	x4, [x3]
	b	9f
5:	ldr	x4, [x3]
	tbnz	w1, #0, 6f
	tbnz	w1, #1, 7f
	tbnz	w1, #2, 8f
	str	x4, [x0]
	b	9f
6:	strb	w4, [x0]
	b	9f
7:	strh	w4, [x0]
	b	9f
8:	str	w4, [x0]
9:	dsb	sy
	mov	w0, #1
	ret
try_access_end:
	mov	w0, #0
	ret

/* In try_access: it returns 0. Elsewhere a defect of the monitor: tell the host what and where, once; the stack starts again, as it may be
 * the cause. */
own_exception:
	mrs	x0, elr_el2
	adr	x1, try_access
	sub	x0, x0, x1
	cmp	x0, #(try_access_end - try_access)
	b.hs	1f
	adr	x0, try_access_end
	msr	elr_el2, x0
	ldp	x0, x1, [sp, #0]
	add	sp, sp, #FRAME_SIZE
	eret
1:
	mrs	x0, esr_el2
	mrs	x1, elr_el2
	mrs	x2, far_el2
	adr	x3, emergency_stack
	mov	sp, x3
	bl	monitor_fault
2:	wfi
	b	2b

/* Level 1, a block a GiB: devices below RAM and at PCI's configuration space (256 GiB and up), RAM between them. */
.section .rodata.translation, "a"
.balign	4096
translation_table:
	.set	gib, 0
	.rept	512
	.if	gib == 0 || gib >= 256
	.quad	(gib << 30) | 0x401	/* access flag, attribute 0 */
	.else
	.quad	(gib << 30) | 0x705	/* access flag, inner shareable, attribute 1 */
	.endif
	.set	gib, gib + 1
	.endr

.section .bss.stacks, "aw", @nobits
.balign	16
stacks:
	.space	MAX_CPUS << STACK_SHIFT
	.space	4096
emergency_stack:
