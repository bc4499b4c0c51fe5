/* The work that a handler may do: calls and turns of loops. Counted only in programs that limit it; by CPU. */
#pragma once

#define NO_LIMIT 0x7fffffffffffffffll
static s64 fuel[MORE_CPUS + 1];

ALWAYS void begin_fuel(void) {
  if (program.fuel) fuel[this_cpu() - 1] = program.fuel;
}
ALWAYS void end_fuel(void) {
  if (program.fuel) fuel[this_cpu() - 1] = NO_LIMIT;
}
static COLD void no_limits(void) {
  for (u32 i = 0; i <= MORE_CPUS; i++) fuel[i] = NO_LIMIT;
}
void engine_burn(const void *pc) {
  if (UNLIKELY(--fuel[this_cpu() - 1] < 0)) engine_trap_fuel(pc);
}
