/* Call frame information of the vectors (DWARF 4, 6.4): where debuggers find the registers of what was interrupted. Written out, because the
 * assembler's .cfi_signal_frame has no effect in .debug_frame and .cfi_offset knows no program counter. Nothing of it is in the image.
 *
 * A vector is two frames. The call of the handler is an ordinary one, so that debuggers show it by its name; it was "called" by the rest of
 * the vector, which is a signal frame: what it interrupted need not stand behind a call, nor on the same stack. */

    .set    CFA_advance_loc4, 0x04
    .set    CFA_offset_extended, 0x05
    .set    CFA_undefined, 0x07
    .set    CFA_def_cfa, 0x0c
    .set    CFA_def_cfa_offset, 0x0e
    .set    CFA_val_expression, 0x16
    .set    CFA_offset, 0x80
    .set    OP_bregx, 0x92

    /* DWARF for the Arm 64-bit Architecture, 4.1 */
    .set    REG_LR, 30
    .set    REG_SP, 31
    .set    REG_PC, 32
    .set    REG_V0, 64

    /* Offsets are below the canonical frame address, in units of 8 bytes. At the start that address is the stack pointer. */
    .macro  cie augmentation
    .long   9f - 8f
8:  .long   0xffffffff
    .byte   4
    .asciz  "\augmentation"
    .byte   8, 0
    .uleb128 1
    .sleb128 -8
    .uleb128 REG_LR
    .byte   CFA_def_cfa, REG_SP, 0
    .balign 8, 0
9:
    .endm

    .macro  fde_begin cie, start, end
    .long   9f - 8f
8:  .long   \cie
    .quad   \start, \end - \start
    .endm

    .macro  fde_end
    .balign 8, 0
9:
    .endm

    .macro  from here, there
    .byte   CFA_advance_loc4
    .long   \there - \here
    .endm

    .macro  cfa bytes
    .byte   CFA_def_cfa_offset
    .uleb128 \bytes
    .endm

    .macro  at register, below
    .byte   CFA_offset + \register
    .uleb128 (\below) / 8
    .endm

    /* The registers of the caller, which is two instructions before: all but the program counter are the same. */
    .macro  same_as_before
    .byte   CFA_val_expression, REG_PC, 3, OP_bregx, REG_PC, -8 & 0x7f
    .endm

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
    .byte   CFA_offset_extended, REG_V0 + \n
    .uleb128 (176 + 512 - 16 * \n) / 8
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

    .section .debug_frame, "", %progbits
.Lsignal:
    cie     "S"
.Lcall:
    cie     ""

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
    same_as_before
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
    same_as_before
    fde_end
