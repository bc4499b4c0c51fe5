/* Call frame information of the vectors. DWARF for the Arm 64-bit Architecture, 4.1, numbers registers. */
#define ADDRESS .quad
#define ADDRESS_BYTES 8
    .set    REG_LR, 30
    .set    REG_SP, 31
    .set    REG_PC, 32
    .set    REG_V0, 64
    .set    REG_RETURN, REG_LR
#include "call-frames.h"

    .macro  saved_by_interrupt
    .irp    n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17
    at      \n, 176 - 8 * \n
    .endr
    at      29, 176 - 144
    at      REG_PC, 176 - 152
    at      REG_LR, 176 - 160
    at      REG_SP, 176 - 168
    .endm

    .macro  saved_with_fp
    cfa     176 + 512
    .irp    n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
    far_at  REG_V0 + \n, 176 + 512 - 16 * \n
    .endr
    .endm

    .macro  saved_by_exception
    cfa     288
    .irp    n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30
    at      \n, 288 - 8 * \n
    .endr
    at      REG_SP, 288 - 248
    at      REG_PC, 288 - 256
    .endm

    /* An interrupt, until the handler is called: nothing to go back to before it is saved */
    fde_begin .Lsignal, .Linterrupt, .Linterrupt_call
    .byte   CFA_undefined, REG_LR
    from    .Linterrupt, .Linterrupt_saved
    cfa     176
    saved_by_interrupt
#ifdef SAVE_FP
    from    .Linterrupt_saved, .Linterrupt_float
    saved_with_fp
#endif
    fde_end

    fde_begin .Lcall, .Linterrupt_call, interrupt_return
    same_as_before 8
    fde_end

    /* and when it has returned. What has been read back still stands below the stack pointer. */
    fde_begin .Lsignal, interrupt_return, .Linterrupt_restored + 4
    cfa     176
    saved_by_interrupt
#ifdef SAVE_FP
    saved_with_fp
    from    interrupt_return, .Linterrupt_float_end
    cfa     176
    from    .Linterrupt_float_end, .Linterrupt_restored
#else
    from    interrupt_return, .Linterrupt_restored
#endif
    cfa     0
    fde_end

    /* A fault, on its way to the report */
    fde_begin .Lsignal, exception, .Lexception_call
    .byte   CFA_undefined, REG_LR
    from    exception, .Lexception_saved
    saved_by_exception
    fde_end

    fde_begin .Lcall, .Lexception_call, .Lexception_end
    same_as_before 8
    fde_end
