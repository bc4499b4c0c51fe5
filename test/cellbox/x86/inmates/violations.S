/* Does the forbidden thing whose number the host has loaded at 0x8000, two calls deep. */
#include "lib.S"
begin
main:	call	outer
back_in_main:
	say	"not stopped"
	finish

outer:	pushq	%rbp
	movq	%rsp, %rbp
	call	inner
	popq	%rbp
	ret

inner:	pushq	%rbp
	movq	%rsp, %rbp
	movzbl	PARAMETER, %eax
	shll	$4, %eax
	addl	$actions, %eax
	movl	$0x300000, %ebx		/* outside the cell */
	movl	$0xfee00000, %esi
	jmp	*%rax
return:	popq	%rbp
	ret

	.macro	action instruction:vararg
	.balign	16
	\instruction
	jmp	return
	.endm
	.balign	16
actions:
	action	movl %eax, (%rbx)
	action	movb (%rbx), %al
	action	movl %eax, 0x80(%rsi,%rbx)	/* reserved bits are clear: denied by its address */
	action	call *%rbx
	action	inb $0x70, %al
	action	outl %eax, $0xf4
	action	orl $1, 0xf0(%rsi)
	action	movw 0x80(%rsi), %ax
	.balign	16
	jmp	bad_msr
	.balign	16
	jmp	triple
	.balign	16
	jmp	apic_base
	.balign	16
	jmp	smi
	.balign	16
	jmp	allowed
	.balign	16
	jmp	icr_status
	.balign	16
	jmp	allowed_msrs
	.balign	16
	jmp	line_polarity

bad_msr:
	setmsr	0x83f, 1
triple:	lidt	nothing
	ud2
apic_base:
	setmsr	0x1b, 0xfee00000
smi:	setmsr	0x830, 0x4200
icr_status:
	setmsr	0x830, 0x5020
allowed:
	movl	0x80(%rsi), %eax
	movl	%eax, 0x80(%rsi)
	movl	$0, 0x80(%rsi)
	movzwl	0x9000, %ecx
	outb	%al, $0x80
	jmp	return
/* What real Jailhouse lets through: any end of interrupt, upper halves, bits that only some APICs have. */
allowed_msrs:
	setmsr	0x80b, -1, -1
	setmsr	0x808, 0, 1
	setmsr	0x80f, 0x3ff, 1
	setmsr	0x832, 0x50020
	setmsr	0x835, 0xf0020
	setmsr	0x838, 0, 1
	jmp	return
line_polarity:
	setmsr	0x835, 0x12020
nothing:
	.fill	10
