/* Call frame information of the vectors. System V ABI AMD64, 3.6.2, numbers registers. The canonical frame address is that behind what the CPU
 * pushes: RIP, CS, RFLAGS, RSP, SS. */
#define ADDRESS .quad
#define ADDRESS_BYTES 8
    .set    REG_RAX, 0
    .set    REG_RDX, 1
    .set    REG_RCX, 2
    .set    REG_RBX, 3
    .set    REG_RSI, 4
    .set    REG_RDI, 5
    .set    REG_RBP, 6
    .set    REG_SP, 7
    .set    REG_PC, 16
    .set    REG_XMM0, 17
    .set    REG_FLAGS, 49
    .set    REG_RETURN, REG_PC
#include "call-frames.h"

    .macro  saved_by_cpu
    at      REG_PC, 40
    at      REG_FLAGS, 24
    at      REG_SP, 16
    .endm

    /* An interrupt, until the handler is called */
    fde_begin .Lsignal, interrupt, .Linterrupt_call
    cfa     56
    saved_by_cpu
    at      REG_RBP, 48
    from    interrupt, .Linterrupt_framed
    cfa_by  REG_RBP, 48
    from    .Linterrupt_framed, .Linterrupt_saved
    .macro  saved_by_interrupt
    .set    below, 64
    .irp    register, REG_RAX, REG_RCX, REG_RDX, REG_RSI, REG_RDI, 8, 9, 10, 11
    at      \register, below
    .set    below, below + 8
    .endr
#ifdef SAVE_FP
    .irp    n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
    at      REG_XMM0 + \n, 128 + 512 - 160 - 16 * \n
    .endr
#endif
    .endm
    saved_by_interrupt
    fde_end

    fde_begin .Lcall, .Linterrupt_call, interrupt_return
    same_as_before 8
    fde_end

    /* and when it has returned. What has been read back still stands below the stack pointer. */
    fde_begin .Lsignal, interrupt_return, .Linterrupt_restored + 2
    cfa_by  REG_RBP, 48
    saved_by_cpu
    at      REG_RBP, 48
    saved_by_interrupt
    from    interrupt_return, .Linterrupt_restored
    cfa_by  REG_SP, 40
    .byte   CFA_same_value, REG_RBP
    fde_end

    /* A fault, on its way to the report: nothing to go back to before it is saved */
    fde_begin .Lsignal, exception, .Lexception_call
    .byte   CFA_undefined, REG_PC
    from    exception, .Lexception_saved
    cfa     192
    saved_by_cpu
    .set    below, 64
    .irp    register, 15, 14, 13, 12, 11, 10, 9, 8, REG_RDI, REG_RSI, REG_RBP, REG_RBX, REG_RDX, REG_RCX, REG_RAX
    at      \register, below
    .set    below, below + 8
    .endr
    fde_end

    /* CLD and the call have 6 bytes. */
    fde_begin .Lcall, .Lexception_call, .Lexception_end
    same_as_before 6
    fde_end
