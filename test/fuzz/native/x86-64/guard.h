/* u32 guarded(fn, args, &result): System V ABI AMD64, 3.2.1, tells what a function keeps. Exceptions have stacks of their own by the task-state
 * segment; nothing is in service after one, so that it can be left by a jump. */
#pragma once

u32 guarded(u64 (*fn)(const u64 *), const u64 *args, u64 *result);
__asm__("    .section .text.guarded, \"ax\"\n"
        "    .balign 16\n"
        "    .global guarded\n"
        "    .type guarded, @function\n"
        "guarded:\n"
        "    pushq %rbp\n"
        "    movq %rsp, %rbp\n"
        "    pushq %rbx\n"
        "    pushq %r12\n"
        "    pushq %r13\n"
        "    pushq %r14\n"
        "    pushq %r15\n"
        "    pushq %rdx\n"
        "    movq %rsp, guard_stack\n"
        "    movq %rdi, %rax\n"
        "    movq %rsi, %rdi\n"
        "    call *%rax\n"
        "    movq (%rsp), %rdx\n"
        "    movq %rax, (%rdx)\n"
        "    xorl %eax, %eax\n"
        "guarded_end:\n"
        "    popq %rdx\n"
        "    popq %r15\n"
        "    popq %r14\n"
        "    popq %r13\n"
        "    popq %r12\n"
        "    popq %rbx\n"
        "    popq %rbp\n"
        "    ret\n"
        "    .text\n");

extern uptr guard_stack;

static __attribute__((noreturn)) void leave_guarded(u32 kind) {
  __asm__ volatile("movq %0, %%rsp\n\tjmp guarded_end" ::"r"(guard_stack), "a"(kind));
  __builtin_unreachable();
}
