/* For the test inmates on x86: from the reset to 64-bit mode with the first 4 MiB and the third and fourth GiB mapped one to one, printing on COM1, interrupts,
 * hypercalls, the end. An inmate begins with `begin`; only the CPU that arrives first goes on there, others wait for INIT and SIPI. */
.equ UART, 0x3f8
.equ COMM, 0x100000
.equ STATE, COMM + 8
.equ STATE_SHUT_DOWN, 2
.equ PARAMETER, 0x8000
.equ TABLES, 0x10000		/* five pages; RAM keeps what was in it */
.equ STACK, 0x7000
.equ IDT, 0xa000		/* RAM that no image reaches: nothing but what `take` puts there */
.equ VECTORS, 41
.equ ARRIVED, COMM + 0xdf0	/* the comm region's page is cleared at each start */
.equ SECOND, COMM + 0xdf8	/* what a CPU that comes by SIPI calls */

.macro begin
.code16
_start:	cli
	/* What the registers were, for `entry`. */
	movl	%eax, %cs:0x9000
	movl	%cr0, %eax
	movl	%eax, %cs:0x9004
	lgdtl	%cs:gdtr
	movl	$0x11, %eax
	movl	%eax, %cr0
	ljmpl	$8, $protected
.code32
protected:
	movw	$0x10, %ax
	movw	%ax, %ds
	movw	%ax, %es
	movw	%ax, %ss
	cmpl	$0, SECOND
	jne	paging
	movl	$1, %eax
	lock xaddl %eax, ARRIVED
	testl	%eax, %eax
	jz	tables
1:	hlt
	jmp	1b
tables:	xorl	%eax, %eax
	movl	$TABLES, %edi
	movl	$3 * 1024, %ecx
	cld
	rep stosl
	movl	$TABLES + 0x1003, TABLES
	movl	$TABLES + 0x2003, TABLES + 0x1000
	movl	$0x83, TABLES + 0x2000
	movl	$0x200083, TABLES + 0x2008
	movl	$TABLES + 0x3003, TABLES + 0x1010
	movl	$TABLES + 0x4003, TABLES + 0x1018
	xorl	%ecx, %ecx
	movl	$0x80000083, %eax
2:	movl	%eax, TABLES + 0x3000(,%ecx,8)
	movl	$0, TABLES + 0x3004(,%ecx,8)
	addl	$0x200000, %eax
	incl	%ecx
	cmpl	$1024, %ecx
	jb	2b
paging:	movl	$0x620, %eax
	movl	%eax, %cr4
	movl	$TABLES, %eax
	movl	%eax, %cr3
	movl	$0xc0000080, %ecx
	rdmsr
	orl	$0x100, %eax
	wrmsr
	movl	$0x80010033, %eax
	movl	%eax, %cr0
	ljmpl	$0x18, $long
.code64
long:	movq	SECOND, %rax
	testq	%rax, %rax
	jz	3f
	movl	$STACK - 0x1000, %esp
	jmp	*%rax
3:	movl	$STACK, %esp
	xorl	%ebp, %ebp
	jmp	main
	.balign 8
gdt:	.quad	0, 0x00cf9b000000ffff, 0x00cf93000000ffff, 0x00af9b000000ffff
gdtr:	.short	31
	.quad	gdt
	.balign 8
idtr:	.short	VECTORS * 16 - 1
	.quad	IDT

/* AL: a character, when the transmitter is empty. Changes RDX, R8. */
putc:	movb	%al, %r8b
	movl	$UART + 5, %edx
1:	inb	%dx, %al
	testb	$0x20, %al
	jz	1b
	movl	$UART, %edx
	movb	%r8b, %al
	outb	%al, %dx
	ret
/* RSI: text. Changes RAX, RDX, RSI, R8. */
print:	lodsb
	testb	%al, %al
	jz	2f
	call	putc
	jmp	print
2:	ret
/* RDI: a number; prints 16 hex digits and the line's end. Changes RAX, RCX, RDX, R8. */
hex:	movl	$60, %ecx
1:	movq	%rdi, %rax
	shrq	%cl, %rax
	andl	$15, %eax
	movb	digits(%rax), %al
	call	putc
	subl	$4, %ecx
	jns	1b
	movb	$10, %al
	call	putc
	ret
digits:	.ascii	"0123456789abcdef"
.endm

.macro say text
	movl	$8f, %esi
	call	print
	jmp	9f
8:	.asciz	"\text\n"
9:
.endm

/* Prints a label and a value. */
.macro show label, value:vararg
	movq	\value, %rdi
	movl	$8f, %esi
	call	print
	call	hex
	jmp	9f
8:	.asciz	"\label "
9:
.endm

.macro msr number
	movl	$\number, %ecx
	rdmsr
	shlq	$32, %rdx
	orq	%rdx, %rax
.endm

.macro setmsr number, low, high=0
	movl	$\number, %ecx
	movl	$\low, %eax
	movl	$\high, %edx
	wrmsr
.endm

/* Interrupts of one vector go to a handler in the first 4 GiB. Changes RAX, RDI. */
.macro take vector, handler
	movl	$IDT + \vector * 16, %edi
	movl	$\handler, %eax
	movw	%ax, (%rdi)
	movw	$0x18, 2(%rdi)
	movw	$0x8e00, 4(%rdi)
	shrl	$16, %eax
	movw	%ax, 6(%rdi)
	lidt	idtr
.endm

.macro finish
	movl	$STATE_SHUT_DOWN, STATE
7:	cli
	hlt
	jmp	7b
.endm
