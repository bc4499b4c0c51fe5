/* A hypervisor that stops the CPU at an access reports its registers, and nothing of the cell's memory. So the last calls of the module are in
 * registers while that may happen; scripts/run/held-calls.ts reads them there. Each has 32 bits: a tag by its number, and its offset in the module. */
#pragma once
#include "engine.h"
#include "hold.h"

#if __SIZEOF_POINTER__ == 8 /* two fit into one */
struct held_calls {
  u64 two, third;
};
#define HELD_CALLS(calls) ((struct held_calls){(u64)calls[0] << 32 | calls[1], calls[2]})
#define HOLD(held) __asm__ volatile("" : HOLD_FIRST(held.two), HOLD_SECOND(held.third))
#else
struct held_calls {
  u32 first, second, third;
};
#define HELD_CALLS(calls) ((struct held_calls){calls[0], calls[1], calls[2]})
#define HOLD(held) __asm__ volatile("" : HOLD_FIRST(held.first), HOLD_SECOND(held.second), HOLD_THIRD(held.third))
#endif

#define CALL_TAG(number) ((0xc1u + (number)) << 24)
#define MOST_HELD_OFFSET 0xffffffu

/* Between two records lie at least a return address and the five arguments of an operation, which has them again after the call. */
#define LEAST_BETWEEN (6 * sizeof(uptr))

/* That of the call before; a stack's first record has offset 0. */
ALWAYS const struct call_record *record_above(const struct call_record *record) {
  if (record->offset == 0) return record;
  uptr at = (uptr)(record + 1) + LEAST_BETWEEN;
  while (*(const uptr *)at != (at ^ CALL_MARK)) at += sizeof at;
  return (const struct call_record *)at;
}

ALWAYS u32 held_call(const struct call_record *record, u32 number) {
  return record->offset <= MOST_HELD_OFFSET ? CALL_TAG(number) | record->offset : 0;
}

/* `first`: the record of the newest one. */
static NOINLINE struct held_calls last_calls(const struct call_record *first) {
  const struct call_record *second = record_above(first), *third = record_above(second);
  u32 calls[] = {held_call(first, 0), held_call(second, 1), held_call(third, 2)};
  return HELD_CALLS(calls);
}
ALWAYS struct held_calls last_call(const struct call_record *first) {
  u32 calls[] = {held_call(first, 0), 0, 0};
  return HELD_CALLS(calls);
}
