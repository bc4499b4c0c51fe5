/* Refuses the first shutdown request, approves the second; answers others as unknown. */
#include "lib.S"
begin
main:	xorl	%ebx, %ebx
	say	"ready"
1:	pause
	movl	COMM+12, %eax
	testl	%eax, %eax
	jz	1b
	movl	$0, COMM+12
	mfence
	cmpl	$1, %eax
	jne	3f
	incl	%ebx
	cmpl	$2, %ebx
	je	2f
	say	"refused"
	movl	$2, COMM+16
	jmp	1b
2:	say	"approved"
	movl	$3, COMM+16
4:	hlt
	jmp	4b
3:	movl	$1, COMM+16
	say	"unknown"
	jmp	1b
