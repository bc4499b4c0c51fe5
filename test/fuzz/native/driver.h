/* Makes all calls of all subjects and prints the outcome of each: "=" and what it gave, or "!" and the kind of its trap.
 * The machine defines
 *   guarded(fn, args, &result)   calls fn(args); gives 0, or the kind of the trap that ended it
 *   print_byte(byte)
 *   MEMORY, MEMORY_BYTES_OF_ALL  linear memory, which the subjects have one after the other */
#include "subject.h"

#define DECLARE(name) extern const struct subject name;
SUBJECTS(DECLARE)
#define POINTER(name) &name,
static const struct subject *const subjects[] = {SUBJECTS(POINTER)};

static void print_hex(u64 value, u32 digits) {
  while (digits-- > 0) print_byte("0123456789abcdef"[value >> (4 * digits) & 15]);
}

static void print_outcome(u32 trap, u64 result) {
  print_byte(trap ? '!' : '=');
  print_hex(trap ? trap : result, trap ? 2 : 16);
  print_byte('\n');
}

static const struct subject *starting;
static u64 start_subject(const u64 *args) {
  (void)args;
  starting->start();
  return 0;
}

static void run_subject(const struct subject *subject) {
  u64 result;
  __builtin_memset(MEMORY, 0, MEMORY_BYTES_OF_ALL);
  starting = subject;
  print_outcome(guarded(start_subject, 0, &result), 0);
  for (const u64 *at = subject->calls; *at != END_OF_CALLS;) {
    const struct entry *entry = &subject->entries[*at];
    u32 trap = guarded(entry->call, at + 1, &result);
    print_outcome(trap, result);
    at += 1 + entry->arity;
  }
}

static void run_subjects(void) {
  for (u32 i = 0; i < sizeof subjects / sizeof *subjects; i++) {
    run_subject(subjects[i]);
    print_byte('\n');
  }
  print_byte('.');
  print_byte('\n');
}
