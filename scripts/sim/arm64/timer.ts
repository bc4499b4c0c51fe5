/** The generic timers of each CPU, the virtual and the physical one (Arm ARM D12). */
import type { Alarm, Clock } from "../device.ts";

/** PPI 11 and PPI 14. */
export const TIMER_INTERRUPT = 27;
export const PHYSICAL_TIMER_INTERRUPT = 30;
const [ENABLE, MASK] = [1, 2];
const SECOND = 1_000_000_000n;

/** When a count is reached, in ns: not before. */
export function timeOf(count: bigint, hz: bigint): number {
  return Number((count * SECOND + hz - 1n) / hz);
}

export class GenericTimer {
  readonly #clock: Clock;
  readonly #hz: bigint;
  readonly #setLine: (level: boolean) => void;
  /** ns by which the n-th interrupt is late. */
  readonly #late: (n: number) => number;
  #fired = 0;
  #compare = 0n;
  #control = 0;
  #alarm: Alarm | undefined;

  constructor(clock: Clock, hz: bigint, setLine: (level: boolean) => void, late: (n: number) => number) {
    this.#clock = clock;
    this.#hz = hz;
    this.#setLine = setLine;
    this.#late = late;
  }

  set compare(count: bigint) {
    this.#compare = BigInt.asUintN(64, count);
    this.#program();
  }

  set control(bits: number) {
    this.#control = bits & (ENABLE | MASK);
    this.#program();
  }

  /** As at the start of a CPU. */
  reset(): void {
    this.#control = 0;
    this.#program();
  }

  #program(): void {
    this.#alarm?.cancel();
    this.#alarm = undefined;
    if (this.#control !== ENABLE) {
      this.#setLine(false);
      return;
    }
    const due = timeOf(this.#compare, this.#hz);
    if (due > this.#clock.now) this.#setLine(false);
    this.#alarm = this.#clock.at(Math.max(due, this.#clock.now) + this.#late(this.#fired + 1), () => {
      this.#fired++;
      this.#setLine(true);
    });
  }
}
