/**
 * Hypercall 10 of the real-time fork, for one CPU (jailhouse-abi 6.1). PMU counter 5 counts L2 refills from 0xffffffff - budget on, so it overflows
 * with one more than the budget; the EL2 timer ends the period. Neither needs an alarm here: whoever is over stands still, and else a
 * period's end changes nothing but counts, which are looked at with the next refill.
 */

const FLAG = { periodic: 1n, maskInterrupts: 2n } as const;
const RESULT = { error: 1n, events: 1n, time: 33n, overBudget: 1n << 62n, overTime: 1n << 63n } as const;
const MOST_EVENTS = 0xffffffff;
const MOST_MICROSECONDS = 0xffffff;
const NS_PER_US = 1000;

export interface MemguardHost {
  /** ns. */
  now(): number;
  /** L2 refills of the CPU since its start. */
  refills(): number;
  /** Interrupts of the cell wait. */
  holdInterrupts(yes: boolean): void;
}

export class Memguard {
  /** How often the CPU was stopped, and for how many ns in all. */
  stops = 0;
  stopped = 0;
  readonly #host: MemguardHost;
  #periodic = false;
  /** Refills; 0: they are not counted. */
  #budget = 0;
  /** ns; 0: the timer is off. */
  #period = 0;
  #periodStart = 0;
  /** Of the last call that set a time: from then on it is told. */
  #start = 0;
  /** Refills at the call, at the start of the period, and when they were looked at last. */
  #atCall = 0;
  #atPeriod = 0;
  #seen = 0;
  /** Events of before a call that was refused. */
  #held = 0;
  #overBudget = false;
  #overTime = false;

  constructor(host: MemguardHost) {
    this.#host = host;
  }

  /** `time` in microseconds. What it gives is about the time since the call before. */
  call(time: bigint, budget: bigint, flags: bigint): bigint {
    const now = this.#host.now();
    this.#passPeriods(now);
    const result = this.#result(now);
    this.#held = this.#events;
    this.#overBudget = false;
    this.#overTime = false;
    this.#periodic = (flags & FLAG.periodic) !== 0n;
    this.#budget = 0;
    this.#period = 0;
    if (this.#periodic && time === 0n) return result | RESULT.error;
    this.#host.holdInterrupts((flags & FLAG.maskInterrupts) !== 0n);
    this.#held = 0;
    this.#seen = this.#host.refills();
    this.#atCall = this.#seen;
    this.#atPeriod = this.#seen;
    this.#budget = Number(BigInt.asUintN(32, budget));
    if (time > 0n) {
      this.#start = now;
      this.#periodStart = now;
      this.#period = Number(time) * NS_PER_US;
    }
    return result;
  }

  /** An access has been made, which ends at `time`: when the CPU goes on. */
  after(time: number): number {
    if (this.#budget === 0) return time;
    this.#passPeriods(time);
    const refills = this.#host.refills();
    this.#seen = refills;
    if (refills - this.#atPeriod <= this.#budget) return time;
    this.#overBudget = true;
    if (!this.#periodic) return time;
    const end = this.#periodStart + this.#period;
    this.stops++;
    this.stopped += end - time;
    this.#passPeriods(end);
    return end;
  }

  #passPeriods(time: number): void {
    if (this.#period === 0 || time < this.#periodStart + this.#period) return;
    this.#overTime = true;
    if (!this.#periodic) {
      this.#period = 0;
      return;
    }
    this.#periodStart += Math.floor((time - this.#periodStart) / this.#period) * this.#period;
    this.#atPeriod = this.#seen;
  }

  get #events(): number {
    return this.#budget > 0 ? this.#host.refills() - this.#atCall : this.#held;
  }

  #result(now: number): bigint {
    const microseconds = Math.min(Math.floor((now - this.#start) / NS_PER_US), MOST_MICROSECONDS);
    return (
      (BigInt(Math.min(this.#events, MOST_EVENTS)) << RESULT.events) |
      (BigInt(microseconds) << RESULT.time) |
      (this.#overBudget ? RESULT.overBudget : 0n) |
      (this.#overTime ? RESULT.overTime : 0n)
    );
  }
}
