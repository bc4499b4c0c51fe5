/* For call frame information of vectors (DWARF 4, 6.4): where debuggers find the registers of what was interrupted. Written out, because the
 * assembler's .cfi_signal_frame has no effect in .debug_frame and .cfi_offset knows no program counter. Nothing of it is in the image.
 *
 * A vector is two frames. The call of the handler is an ordinary one, so that debuggers show it by its name; it was "called" by the rest of
 * the vector, which is a signal frame: what it interrupted need not stand behind a call, nor on the same stack.
 *
 * The machine defines ADDRESS (a directive), ADDRESS_BYTES, and in DWARF's numbering REG_SP, REG_PC and REG_RETURN. */

    .set    CFA_advance_loc4, 0x04
    .set    CFA_offset_extended, 0x05
    .set    CFA_undefined, 0x07
    .set    CFA_same_value, 0x08
    .set    CFA_def_cfa, 0x0c
    .set    CFA_def_cfa_offset, 0x0e
    .set    CFA_expression, 0x10
    .set    CFA_val_expression, 0x16
    .set    CFA_offset, 0x80
    .set    OP_breg0, 0x70
    .set    OP_bregx, 0x92

    /* Offsets are below the canonical frame address. At the start that address is the stack pointer. */
    .macro  cie augmentation
    .long   9f - 8f
8:  .long   0xffffffff
    .byte   4
    .asciz  "\augmentation"
    .byte   ADDRESS_BYTES, 0
    .uleb128 1
    .sleb128 -ADDRESS_BYTES
    .uleb128 REG_RETURN
    .byte   CFA_def_cfa, REG_SP, 0
    .balign ADDRESS_BYTES, 0
9:
    .endm

    .macro  fde_begin cie, start, end
    .long   9f - 8f
8:  .long   \cie
    ADDRESS \start, \end - \start
    .endm

    .macro  fde_end
    .balign ADDRESS_BYTES, 0
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

    .macro  cfa_by register, bytes
    .byte   CFA_def_cfa, \register
    .uleb128 \bytes
    .endm

    .macro  at register, below
    .byte   CFA_offset + \register
    .uleb128 (\below) / ADDRESS_BYTES
    .endm

    /* For registers from 64 on. */
    .macro  far_at register, below
    .byte   CFA_offset_extended
    .uleb128 \register
    .uleb128 (\below) / ADDRESS_BYTES
    .endm

    /* The registers of the caller, which is some bytes of code before: all but the program counter are the same. */
    .macro  same_as_before bytes
    .byte   CFA_val_expression, REG_PC, 3, OP_bregx, REG_PC, -\bytes & 0x7f
    .endm

    .section .debug_frame, "", %progbits
.Lsignal:
    cie     "S"
.Lcall:
    cie     ""
