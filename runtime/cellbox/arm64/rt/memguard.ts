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
import { HCR_EL2 } from "../registers.ts";
import * as timer from "../timer.ts";
import { isPending } from "../virtual-interrupts.ts";
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

/** Arm ARM D17.2, HCR_EL2: WFI is trapped. */
const HCR_TWI: u64 = 1 << 13;

const OVERFLOW: u64 = 0x1_0000_0000;
const NANOSECONDS: u64 = 1_000_000_000;
/** Nanoseconds to the next look: more than the way back to the cell takes, which must get on. So much may be counted beyond the budget. */
const SHORTEST: u64 = 2000;
/** Periods: a host that was away for long does not stop the cell for good. */
const LONGEST_DEBT: u64 = 1000;

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
  /** The running period's budget. */
  left: u64 = 0;
  /** It is used up. */
  usedUp: bool = false;
  /**
   * What was counted beyond budgets, which those of the next periods pay: QEMU's timers may be milliseconds late. Hardware has no such debts, and
   * neither has `-icount`, but for what an interrupt takes.
   */
  debt: u64 = 0;
  periodic: bool = false;
  overBudget: bool = false;
  overTime: bool = false;
  /** The CPU stands still. */
  blocked: bool = false;
  /** Only what has the highest priority interrupts. */
  masked: bool = false;
  /** When the time is over. */
  end: u64 = timer.NEVER;
  /** The counter runs towards its overflow. */
  watches: bool = false;
}

/** At each start of a CPU, and when it stops. */
export function reset(cpu: ArmCpu): void {
  const guard = cpu.memGuard;
  guard.started = 0;
  guard.begun = 0;
  guard.events = 0;
  guard.period = 0;
  guard.budget = 0;
  guard.left = 0;
  guard.periodic = false;
  guard.masked = false;
  forget(guard);
  pmu.hold();
  trapWait(false);
  arm(cpu);
  gic.maskLow(false);
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
  log.add("memguard", cpu.index, time, budget, flags);
  const now = jh.counter();
  const result = resultOf(guard, now);
  forget(guard);
  guard.periodic = (flags & PERIODIC) != 0;
  if (guard.periodic && time == 0) {
    arm(cpu);
    return result | RESULT_ERROR;
  }
  guard.masked = (flags & MASK_INTERRUPTS) != 0;
  gic.maskLow(guard.masked);
  guard.events = 0;
  guard.budget = budget;
  guard.left = budget;
  trapWait(budget > 0);
  if (budget > 0) {
    fill(guard);
    pmu.run();
  }
  if (time > 0) {
    guard.started = now;
    guard.begun = now;
    guard.period = (time * jh.counter_hz() + 999999) / 1000000;
    guard.end = now + guard.period;
  }
  arm(cpu);
  return result;
}

/** The deadline: the budget may be used up, the time may be over. */
export function look(cpu: ArmCpu): void {
  const guard = cpu.memGuard;
  if (guard.watches && pmu.hasOverflowed()) {
    pmu.clearOverflow();
    guard.watches = false;
    guard.usedUp = true;
    guard.overBudget = true;
    guard.blocked = guard.periodic;
  }
  while (jh.counter() >= guard.end) expire(guard);
  arm(cpu);
}

/** The cell's WFI, trapped while there is a budget: QEMU's cycles would go on. */
export function wait(cpu: ArmCpu): void {
  if (isPending()) return;
  timer.setDeadline(cpu, cpu.memGuard.end);
  jh.wait_interrupt();
  arm(cpu);
}

function expire(guard: MemGuard): void {
  guard.overTime = true;
  guard.end = timer.NEVER;
  if (!guard.periodic) return;
  guard.begun += guard.period;
  guard.end = guard.begun + guard.period;
  const count = pmu.count();
  guard.events += guard.left + 1 + count;
  if (guard.usedUp) guard.debt = min(guard.debt + count + 1, LONGEST_DEBT * guard.budget);
  fill(guard);
}

/**
 * The deadline is when the time is over, or when the budget is used up if all goes into the cell from now on. QEMU's own overflow interrupt may
 * be late, under -icount by any time, and it is the cell's.
 */
function arm(cpu: ArmCpu): void {
  const guard = cpu.memGuard;
  let deadline = guard.end;
  if (guard.watches) {
    const left = max(OVERFLOW - pmu.count(), SHORTEST);
    deadline = min(deadline, jh.counter() + (left * jh.counter_hz() + NANOSECONDS - 1) / NANOSECONDS);
  }
  timer.setDeadline(cpu, deadline);
}

/** Whether the CPU is to stand still on; a stop of the cell ends it. */
export function holds(cpu: ArmCpu): bool {
  jh.barrier();
  return cpu.memGuard.blocked && cpu.command == COMMAND_NONE;
}

function trapWait(on: bool): void {
  const others = jh.register_read(HCR_EL2) & ~HCR_TWI;
  jh.register_write(HCR_EL2, on ? others | HCR_TWI : others);
}

/** The budget is there anew, less what is owed; the event behind it overflows the counter. */
function fill(guard: MemGuard): void {
  const paid = min(guard.debt, guard.budget);
  guard.debt -= paid;
  guard.left = guard.budget - paid;
  pmu.setCount(0xffffffff - <u32>guard.left);
  pmu.setEvent(EVENT);
  pmu.clearOverflow();
  guard.usedUp = false;
  guard.blocked = paid > 0 && guard.left == 0;
  guard.watches = guard.left > 0 && !guard.masked;
}

function forget(guard: MemGuard): void {
  guard.overBudget = false;
  guard.overTime = false;
  guard.blocked = false;
  guard.watches = false;
  guard.usedUp = false;
  guard.debt = 0;
  guard.end = timer.NEVER;
}

/**
 * As the fork reckons: budget + 1 + counter is the number of events only when the counter has overflowed; else it is 2^32 too many, and reads as
 * the most there can be.
 */
function resultOf(guard: MemGuard, now: u64): i64 {
  const events = min(guard.events + guard.left + 1 + pmu.count(), MOST_EVENTS);
  const time = min(((now - guard.started) * 1000000) / jh.counter_hz(), MOST_TIME);
  const over = (guard.overBudget ? RESULT_OVER_BUDGET : 0) | (guard.overTime ? RESULT_OVER_TIME : 0);
  return over | (events << RESULT_EVENTS_SHIFT) | (time << RESULT_TIME_SHIFT);
}
