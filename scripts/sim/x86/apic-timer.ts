/** The local APIC's timer: one-shot, periodic, or to a deadline of the time-stamp counter (Intel SDM volume 3A, 11.5.4). */
import type { Alarm, Clock } from "../device.ts";
import type { Tsc } from "./tsc.ts";

const PERIODIC = 1 << 17;
const DEADLINE = 1 << 18;
/** Nanoseconds a second, in thousands: rates are in kHz. */
const NS_KHZ = 1e6;

export class ApicTimer {
  /** Bits 17 and 18 of its LVT. */
  #mode = 0;
  #divider = 16;
  #count = 0;
  #deadline = 0n;
  /** When the count began, and when the alarm is due. */
  #began = 0;
  #alarm: Alarm | undefined;
  readonly #clock: Clock;
  readonly #tsc: Tsc;
  readonly #khz: number;
  readonly #hasDeadline: boolean;
  readonly #fire: () => void;
  readonly #late: (n: number) => number;
  /** Interrupts up to now. */
  #fired = 0;

  /**
   * @param khz the rate that it divides
   * @param late ns by which the n-th interrupt is late, n from 1
   * @param hasDeadline the CPU has the deadline mode; without it bit 18 of the LVT means nothing
   */
  constructor(
    clock: Clock,
    tsc: Tsc,
    khz: number,
    hasDeadline: boolean,
    fire: () => void,
    late: (n: number) => number = () => 0,
  ) {
    this.#clock = clock;
    this.#tsc = tsc;
    this.#khz = khz;
    this.#hasDeadline = hasDeadline;
    this.#fire = fire;
    this.#late = late;
  }

  /** A change between deadline and count disarms it (11.5.4.1). */
  set mode(lvt: number) {
    const mode = lvt & (this.#hasDeadline ? PERIODIC | DEADLINE : PERIODIC);
    if (((mode ^ this.#mode) & DEADLINE) !== 0) this.#disarm();
    this.#mode = mode;
  }
  get #usesDeadline(): boolean {
    return (this.#mode & DEADLINE) !== 0;
  }

  /** The initial count. 0 stops; in deadline mode it is not the program's. */
  get count(): number {
    return this.#usesDeadline ? 0 : this.#count;
  }
  set count(value: number) {
    if (this.#usesDeadline) return;
    this.#disarm();
    this.#count = value;
    if (value !== 0) this.#start(this.#clock.now);
  }

  get current(): number {
    if (this.#usesDeadline || !this.#alarm) return 0;
    const elapsed = Math.floor(((this.#clock.now - this.#began) * this.#khz) / (NS_KHZ * this.#divider));
    return Math.max(this.#count - elapsed, 0);
  }

  /** By the bits 0, 1 and 3 the logarithm of the divider less one; all set: by one. What runs goes on from where it is. */
  set divide(bits: number) {
    const current = this.current;
    this.#divider = 1 << (((bits & 3) + ((bits & 8) >> 1) + 1) & 7);
    if (this.#usesDeadline || !this.#alarm) return;
    this.#alarm.cancel();
    this.#began = this.#clock.now - this.#duration(this.#count - current);
    this.#alarm = this.#clock.at(this.#clock.now + this.#duration(current), () => this.#expire());
  }

  /** IA32_TSC_DEADLINE: 0 when it has passed or none was set. */
  get deadline(): bigint {
    return this.#deadline;
  }
  set deadline(count: bigint) {
    if (!this.#usesDeadline) return;
    this.#disarm();
    if (count === 0n) return;
    this.#deadline = count;
    this.#alarm = this.#clock.at(Math.max(this.#tsc.timeOf(count), this.#clock.now) + this.#late(this.#fired + 1), () =>
      this.#expire(),
    );
  }

  reset(): void {
    this.#disarm();
    this.#mode = 0;
  }

  #start(now: number): void {
    this.#began = now;
    this.#alarm = this.#clock.at(now + this.#duration(this.#count) + this.#late(this.#fired + 1), () => this.#expire());
  }

  /** Nanoseconds of so many counts, rounded up: it is never early. */
  #duration(counts: number): number {
    return Math.ceil((counts * this.#divider * NS_KHZ) / this.#khz);
  }

  #expire(): void {
    this.#alarm = undefined;
    this.#deadline = 0n;
    this.#fired++;
    if ((this.#mode & PERIODIC) !== 0) this.#start(this.#began + this.#duration(this.#count));
    this.#fire();
  }

  #disarm(): void {
    this.#alarm?.cancel();
    this.#alarm = undefined;
    this.#count = 0;
    this.#deadline = 0n;
  }
}
