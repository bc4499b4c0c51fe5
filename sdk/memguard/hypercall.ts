/** Hypercall 10 of the real-time fork (jailhouse-abi 6.1). It is for the CPU that calls. */
import * as dma from "../dma";
import { UNKNOWN_CALL } from "../hypervisor";
import * as jh from "../jh";

const MEMGUARD: u64 = 10;

/** Flags: the budget is there anew each period, and who has used it up stands still. Without it overruns are only told. */
export const PERIODIC: u64 = 1;
/** Interrupts of low priority wait until the next call. */
export const MASK_INTERRUPTS: u64 = 2;

/**
 * Decode the result of `set`, which is about the time since the call before it. An error: the parameters were refused, a
 * period of 0 with PERIODIC.
 */
export function isError(result: u64): bool {
  return (result & 1) != 0;
}
/** L2 refills, if the budget was used up; else, and from there on, 0xffffffff: the fork then reckons 2^32 too many. */
export function eventsOf(result: u64): u32 {
  return <u32>(result >> 1);
}
/** They stay at 0xffffff. */
export function microsecondsOf(result: u64): u32 {
  return <u32>(result >> 33) & 0xffffff;
}
export function isOverBudget(result: u64): bool {
  return ((result >> 62) & 1) != 0;
}
export function isOverTime(result: u64): bool {
  return result >> 63 != 0;
}

/** struct memguard_params: time in microseconds, events, flags, u64 each; the hypervisor reads it at its cell address. */
function params(): usize {
  return memory.data(24, 8);
}

/**
 * Sets period (microseconds) and budget (L2 refills) of this CPU. Without a budget nothing is counted, without a period there is no
 * timer; all 0 turns it off. The hypervisor lets one refill more than the budget happen. Where there is no MemGuard
 * the result is `hypervisor.UNKNOWN_CALL`.
 */
export function set(period: u64, budget: u64, flags: u64): u64 {
  return <u64>call(period, budget, flags);
}

/** Turns it off, if it is there. */
export function isThere(): bool {
  return call(0, 0, 0) != UNKNOWN_CALL;
}

function call(period: u64, budget: u64, flags: u64): i64 {
  const before = jh.interrupts_off();
  store<u64>(params(), period);
  store<u64>(params() + 8, budget);
  store<u64>(params() + 16, flags);
  const result = jh.hypercall(MEMGUARD, dma.address(params()), 0);
  jh.interrupts_restore(before);
  return result;
}
