/* Call frame information of the vectors. System V ABI i386, 2.5, numbers registers. The canonical frame address is the stack pointer of before,
 * below which the CPU pushes EFLAGS, CS and EIP; ECX, EDX and floating point are on the handlers' stack. */
#define ADDRESS .long
#define ADDRESS_BYTES 4
    .set    REG_EAX, 0
    .set    REG_ECX, 1
    .set    REG_EDX, 2
    .set    REG_EBX, 3
    .set    REG_SP, 4
    .set    REG_EBP, 5
    .set    REG_ESI, 6
    .set    REG_EDI, 7
    .set    REG_PC, 8
    .set    REG_FLAGS, 9
    .set    REG_XMM0, 21
    .set    REG_RETURN, REG_PC
#include "call-frames.h"

    .macro  saved_by_cpu
    at      REG_PC, 12
    at      REG_FLAGS, 4
    .endm

    /* Above the stack pointer, by less than 8 KiB. */
    .macro  above register, bytes
    .byte   CFA_expression, \register, 3, OP_breg0 + REG_SP, (\bytes) & 0x7f | 0x80, (\bytes) >> 7
    .endm

    .macro  saved_by_interrupt
#ifdef SAVE_FP
    above   REG_EDX, 16 + 520
    above   REG_ECX, 16 + 520 + 4
    .irp    n, 0, 1, 2, 3, 4, 5, 6, 7
    above   REG_XMM0 + \n, 16 + 160 + 16 * \n
    .endr
#else
    above   REG_EDX, 8
    above   REG_ECX, 12
#endif
    .endm

    /* An interrupt, until the handler is called */
    fde_begin .Lsignal, interrupt, .Linterrupt_call
    cfa     20
    saved_by_cpu
    at      REG_EBP, 16
    from    interrupt, .Linterrupt_framed
    cfa_by  REG_EBP, 16
    at      REG_EAX, 24
    from    .Linterrupt_framed, .Linterrupt_saved
    saved_by_interrupt
    fde_end

    fde_begin .Lcall, .Linterrupt_call, interrupt_return
    same_as_before 8
    fde_end

    /* and when it has returned. What has been read back still stands below the stack pointer. */
    fde_begin .Lsignal, interrupt_return, .Linterrupt_restored + 1
    cfa_by  REG_EBP, 16
    saved_by_cpu
    at      REG_EBP, 16
    at      REG_EAX, 24
    saved_by_interrupt
    from    interrupt_return, .Linterrupt_popped
    .byte   CFA_same_value, REG_ECX, CFA_same_value, REG_EDX
    from    .Linterrupt_popped, .Linterrupt_restored
    cfa_by  REG_SP, 12
    .byte   CFA_same_value, REG_EBP
    fde_end

    /* A fault, on its way to the report: nothing to go back to before it is saved */
    fde_begin .Lsignal, exception, .Lexception_call
    .byte   CFA_undefined, REG_PC
    from    exception, .Lexception_saved
    cfa_by  REG_EBX, 56
    saved_by_cpu
    .set    below, 24
    .irp    register, REG_EAX, REG_ECX, REG_EDX, REG_EBX
    at      \register, below
    .set    below, below + 4
    .endr
    .set    below, 44
    .irp    register, REG_EBP, REG_ESI, REG_EDI
    at      \register, below
    .set    below, below + 4
    .endr
    fde_end

    fde_begin .Lcall, .Lexception_call, .Lexception_end
    same_as_before 8
    fde_end
