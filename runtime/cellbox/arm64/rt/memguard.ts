/**
 * MemGuard, hypercall 10 (jailhouse-abi 6.1): a budget of events for a time, on the CPU that calls. Periodic, the budget is there anew each time,
 * and who has used it up stands still in here until then. An event is a CPU cycle, a nanosecond of QEMU's clock: it counts no L2 refills.
 */
import { COMMAND_NONE } from "../../cell.ts";
import * as memory from "../../cell-memory.ts";
import * as jh from "../../jh.ts";
import * as log from "../../log.ts";
import { ArmCell, ArmCpu } from "../cells.ts";
import { gic } from "../gic.ts";
import * as timer from "../timer.ts";
import * as pmu from "./pmu.ts";
import { lowerPrivate } from "./priorities.ts";

/** CPU_CYCLES (Arm ARM D13.12). */
const EVENT: u64 = 0x11;

const PERIODIC: u64 = 1;
const MASK_INTERRUPTS: u64 = 2;

const RESULT_ERROR: u64 = 1;
const RESULT_EVENTS_SHIFT: u64 = 1;
const RESULT_TIME_SHIFT: u64 = 33;
const RESULT_OVER_BUDGET: u64 = (<u64>1) << 62;
const RESULT_OVER_TIME: u64 = (<u64>1) << 63;
const MOST_EVENTS: u64 = 0xffffffff;
const MOST_TIME: u64 = 0xffffff;

const ENOMEM: i64 = -12;

export class MemGuard {
  /** Counter values: of the last call with a time, and when the running period began. */
  started: u64 = 0;
  begun: u64 = 0;
  /** Of the periods that have ended. */
  events: u64 = 0;
  /** Ticks; 0: none. */
  period: u64 = 0;
  budget: u64 = 0;
  periodic: bool = false;
  overBudget: bool = false;
  overTime: bool = false;
  /** The CPU stands still. */
  blocked: bool = false;
}

/** At each start of a CPU, and when it stops. */
export function reset(cpu: ArmCpu): void {
  const guard = cpu.memGuard;
  guard.started = 0;
  guard.begun = 0;
  guard.events = 0;
  guard.period = 0;
  guard.budget = 0;
  guard.periodic = false;
  stand(guard);
  timer.setDeadline(cpu, timer.NEVER);
  pmu.hold();
  pmu.raiseOverflows();
  gic.maskLow(false);
  gic.enablePmu(cpu);
  lowerPrivate(cpu);
}

/** Its parameters are three u64 at this cell address: microseconds, events, flags. The result is about the time since the call before. */
export function call(cpu: ArmCpu, cell: ArmCell, address: u64): i64 {
  if (!memory.isReadable(cell, address, 24)) return ENOMEM;
  const time = memory.long(cell, address);
  const budget = memory.long(cell, address + 8);
  const flags = memory.long(cell, address + 16);
  const guard = cpu.memGuard;
  pmu.hold();
  timer.setDeadline(cpu, timer.NEVER);
  log.add("memguard", cpu.index, time, budget, flags);
  const now = jh.counter();
  const result = resultOf(guard, now);
  stand(guard);
  guard.periodic = (flags & PERIODIC) != 0;
  if (guard.periodic && time == 0) return result | RESULT_ERROR;
  gic.maskLow((flags & MASK_INTERRUPTS) != 0);
  guard.events = 0;
  guard.budget = budget;
  if (budget > 0) fill(guard);
  if (time > 0) {
    guard.started = now;
    guard.begun = now;
    guard.period = (time * jh.counter_hz() + 999999) / 1000000;
  }
  if (budget > 0) pmu.run();
  if (time > 0) timer.setDeadline(cpu, now + guard.period);
  return result;
}

/** The budget is used up: the counter has overflowed. */
export function exhaust(cpu: ArmCpu): void {
  pmu.clearOverflow();
  cpu.memGuard.overBudget = true;
  cpu.memGuard.blocked = cpu.memGuard.periodic;
}

/** The time is over. */
export function expire(cpu: ArmCpu): void {
  const guard = cpu.memGuard;
  if (cpu.deadline == timer.NEVER) return;
  guard.overTime = true;
  if (!guard.periodic) return timer.setDeadline(cpu, timer.NEVER);
  guard.begun += guard.period;
  guard.events += guard.budget + 1 + pmu.count();
  fill(guard);
  timer.setDeadline(cpu, guard.begun + guard.period);
  guard.blocked = false;
}

/** Whether the CPU is to stand still on; a stop of the cell ends it. */
export function holds(cpu: ArmCpu): bool {
  jh.barrier();
  return cpu.memGuard.blocked && cpu.command == COMMAND_NONE;
}

/** The event behind the budget overflows the counter. */
function fill(guard: MemGuard): void {
  pmu.setCount(<u64>(<u32>(0xffffffff - <u32>guard.budget)));
  pmu.setEvent(EVENT);
}

function stand(guard: MemGuard): void {
  guard.overBudget = false;
  guard.overTime = false;
  guard.blocked = false;
}

/**
 * As the fork reckons: budget + 1 + counter is the number of events only when the counter has overflowed; else it is 2^32 too many, and reads as
 * the most there can be.
 */
function resultOf(guard: MemGuard, now: u64): i64 {
  const events = min(guard.events + guard.budget + 1 + pmu.count(), MOST_EVENTS);
  const time = min(((now - guard.started) * 1000000) / jh.counter_hz(), MOST_TIME);
  const over = (guard.overBudget ? RESULT_OVER_BUDGET : 0) | (guard.overTime ? RESULT_OVER_TIME : 0);
  return over | (events << RESULT_EVENTS_SHIFT) | (time << RESULT_TIME_SHIFT);
}
