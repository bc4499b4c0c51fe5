/* The hypercalls that only the real-time fork has, on arm64. */
#include "lib.S"
.macro called label, code
	movl	$\code, %eax
	xorl	%edi, %edi
	xorl	%esi, %esi
	vmmcall
	show	\label, %rax
.endm
begin
main:	called "call-10", 10
	called "call-11", 11
	called "call-12", 12
	finish
