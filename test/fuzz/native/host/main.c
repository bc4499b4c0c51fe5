/* The driver as a process. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include "machine.h"

#define MEMORY ((void *)LINEAR_BASE)
#define MEMORY_BYTES_OF_ALL SUBJECT_MEMORY

static sigjmp_buf left;
__attribute__((noreturn)) void leave(u32 kind) { siglongjmp(left, (int)kind); }

static void print_byte(u8 byte) { putchar(byte); }

static u32 guarded(u64 (*fn)(const u64 *), const u64 *args, u64 *result) {
  int kind = sigsetjmp(left, 1);
  if (kind == 0) *result = fn(args);
  return (u32)kind;
}

#include "driver.h"

/* Behind linear memory nothing may be accessed: what faults there is the module's own mistake, elsewhere it is one of ours. */
static void fault(int number, siginfo_t *info, void *context) {
  (void)number, (void)context;
  u64 at = (u64)info->si_addr;
  leave(at >= LINEAR_BASE && at < LINEAR_BASE + LINEAR_WINDOW ? TRAP_MEMORY : FAULT_UNEXPECTED);
}

int main(void) {
  void *window = mmap(MEMORY, LINEAR_WINDOW, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
  if (window != MEMORY || mprotect(window, MEMORY_BYTES_OF_ALL, PROT_READ | PROT_WRITE) != 0) {
    fprintf(stderr, "no room for 48 GiB of addresses at 0x%x\n", LINEAR_BASE);
    return 1;
  }
  struct sigaction action = {.sa_sigaction = fault, .sa_flags = SA_SIGINFO};
  sigaction(SIGSEGV, &action, 0);
  sigaction(SIGBUS, &action, 0);
  run_subjects();
  return 0;
}
