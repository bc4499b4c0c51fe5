/* Prints what hypercalls give, and a character by one. */
#include "lib.S"
.macro call_with code, arg1=0, arg2=0
	movl	$\code, %eax
	movl	$\arg1, %edi
	movl	$\arg2, %esi
	vmmcall
.endm
begin
main:	call_with 8, 'h'
	show	putc, %rax
	call_with 0
	show	disable, %rax
	call_with 5, 4
	show	cells, %rax
	call_with 7, 2, 0
	show	state, %rax
	call_with 7, 1, 0
	show	foreign, %rax
	call_with 99
	show	unknown, %rax
	finish
