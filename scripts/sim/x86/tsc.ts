/** The time-stamp counter: at one rate for ever, the same on all CPUs (Intel SDM volume 3B, 18.17.1). */
import type { Clock } from "../device.ts";

const NS_KHZ = 1_000_000n;

export class Tsc {
  readonly khz: number;
  readonly #clock: Clock;

  constructor(clock: Clock, khz: number) {
    this.#clock = clock;
    this.khz = khz;
  }

  get count(): bigint {
    return (BigInt(Math.floor(this.#clock.now)) * BigInt(this.khz)) / NS_KHZ;
  }

  /** When the counter reaches this, by the clock. */
  timeOf(count: bigint): number {
    const khz = BigInt(this.khz);
    return Number((count * NS_KHZ + khz - 1n) / khz);
  }
}
