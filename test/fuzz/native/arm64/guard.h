/* u32 guarded(fn, args, &result): AAPCS64 6.1.1 and 6.1.2 tell what a function keeps. The program is on SP_EL0, exceptions on SP_EL1, which
 * begins anew. */
#pragma once

u32 guarded(u64 (*fn)(const u64 *), const u64 *args, u64 *result);
__asm__("    .section .text.guarded, \"ax\"\n"
        "    .balign 16\n"
        "    .global guarded\n"
        "    .type guarded, %function\n"
        "guarded:\n"
        "    stp x29, x30, [sp, #-176]!\n"
        "    mov x29, sp\n"
        "    stp x19, x20, [sp, #16]\n"
        "    stp x21, x22, [sp, #32]\n"
        "    stp x23, x24, [sp, #48]\n"
        "    stp x25, x26, [sp, #64]\n"
        "    stp x27, x28, [sp, #80]\n"
        "    stp d8, d9, [sp, #96]\n"
        "    stp d10, d11, [sp, #112]\n"
        "    stp d12, d13, [sp, #128]\n"
        "    stp d14, d15, [sp, #144]\n"
        "    str x2, [sp, #160]\n"
        "    adrp x3, guard_stack\n"
        "    mov x4, sp\n"
        "    str x4, [x3, #:lo12:guard_stack]\n"
        "    mov x2, x0\n"
        "    mov x0, x1\n"
        "    blr x2\n"
        "    ldr x2, [sp, #160]\n"
        "    str x0, [x2]\n"
        "    mov w0, wzr\n"
        "guarded_end:\n"
        "    ldp d14, d15, [sp, #144]\n"
        "    ldp d12, d13, [sp, #128]\n"
        "    ldp d10, d11, [sp, #112]\n"
        "    ldp d8, d9, [sp, #96]\n"
        "    ldp x27, x28, [sp, #80]\n"
        "    ldp x25, x26, [sp, #64]\n"
        "    ldp x23, x24, [sp, #48]\n"
        "    ldp x21, x22, [sp, #32]\n"
        "    ldp x19, x20, [sp, #16]\n"
        "    ldp x29, x30, [sp], #176\n"
        "    ret\n"
        "    .text\n");

extern uptr guard_stack;

static __attribute__((noreturn)) void leave_guarded(u32 kind) {
  register u64 result __asm__("x0") = kind;
  register u64 stack __asm__("x9") = guard_stack;
  register u64 exceptions __asm__("x10") = HANDLER_STACK_TOP;
  __asm__ volatile("mov sp, x10\n\tmsr spsel, #0\n\tmov sp, x9\n\tb guarded_end" ::"r"(result), "r"(stack), "r"(exceptions));
  __builtin_unreachable();
}
