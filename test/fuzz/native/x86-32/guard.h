/* u32 guarded(fn, args, &result): System V ABI i386, 2.2.1, tells what a function keeps. Exceptions change to a stack of their own; nothing is in
 * service after one, so that it can be left by a jump. */
#pragma once

u32 guarded(u64 (*fn)(const u64 *), const u64 *args, u64 *result);
__asm__("    .section .text.guarded, \"ax\"\n"
        "    .balign 16\n"
        "    .global guarded\n"
        "    .type guarded, @function\n"
        "guarded:\n"
        "    pushl %ebp\n"
        "    movl %esp, %ebp\n"
        "    pushl %ebx\n"
        "    pushl %esi\n"
        "    pushl %edi\n"
        "    subl $8, %esp\n"
        "    pushl 12(%ebp)\n" /* at a multiple of 16: 5 words, 2, and this one */
        "    movl %esp, guard_stack\n"
        "    call *8(%ebp)\n"
        "    movl 16(%ebp), %ecx\n"
        "    movl %eax, (%ecx)\n"
        "    movl %edx, 4(%ecx)\n"
        "    xorl %eax, %eax\n"
        "guarded_end:\n"
        "    addl $12, %esp\n"
        "    popl %edi\n"
        "    popl %esi\n"
        "    popl %ebx\n"
        "    popl %ebp\n"
        "    ret\n"
        "    .text\n");

extern uptr guard_stack;

static __attribute__((noreturn)) void leave_guarded(u32 kind) {
  __asm__ volatile("fninit\n\tmovl %0, %%esp\n\tjmp guarded_end" ::"r"(guard_stack), "a"(kind));
  __builtin_unreachable();
}
