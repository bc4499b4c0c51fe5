/* The objects at constant addresses that the generated C refers to, as runtime/ARCH/start.S defines them. */
#include "layout.h"
    .globl  linear_memory
    .set    linear_memory, LINEAR_BASE
    .globl  native_memory
    .set    native_memory, 0
    .section .note.GNU-stack, "", %progbits
