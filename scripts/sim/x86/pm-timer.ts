/**
 * ACPI's power management block as far as cells reach it (ACPI 6.4, 4.8.3): the timer, and the events whose interrupt is the SCI. The ports of a block
 * of 16: events' status 0, enable 2, control 4, timer 8.
 */
import type { Alarm, Clock, Device, Width, Wire } from "../device.ts";

export const PM_TIMER_HZ = 3_579_545;

const STATUS = 0;
const ENABLE = 2;
const CONTROL = 4;
/** Where the timer is in the block, whose four ports every cell may use. */
export const TIMER = 8;
export const BLOCK_SIZE = 16;

const MASK = 0xffffff;
/** The event of the timer comes when its top bit changes (4.8.3.1.1), every 2.34 s. */
const HALF_ROUND = 1 << 23;
const TIMER_EVENT = 1 << 0;
/** PM1_CNT: firmware has chosen ACPI's mode, where events raise the SCI. */
const SCI_ENABLED = 1 << 0;
/** Bits that PM1_EN has: timer, global lock, power button, sleep button, RTC. */
const EVENTS = 0x721;

export class PowerManagement implements Device {
  readonly #clock: Clock;
  readonly #sci: Wire;
  #enabled = 0;
  /** Half rounds of the timer until the status was cleared. */
  #seen: number;
  #alarm: Alarm | undefined;

  constructor(clock: Clock, sci: Wire) {
    this.#clock = clock;
    this.#sci = sci;
    this.#seen = this.#halves;
  }

  /** 24 bits of it are in the port. */
  get #ticks(): number {
    return Math.floor((this.#clock.now * PM_TIMER_HZ) / 1e9);
  }
  get #halves(): number {
    return Math.floor(this.#ticks / HALF_ROUND);
  }
  get #status(): number {
    return this.#halves > this.#seen ? TIMER_EVENT : 0;
  }

  read(offset: number, width: Width): number {
    let value = 0;
    for (let i = width - 1; i >= 0; i--) value = value * 256 + this.#byte(offset + i);
    return value;
  }

  /** Bits of the status that are written as ones are cleared. */
  write(offset: number, width: Width, value: number): void {
    for (let i = 0; i < width; i++) this.#writeByte(offset + i, (value >>> (8 * i)) & 0xff);
    this.#update();
  }

  #byte(offset: number): number {
    const registers = [this.#status | (this.#enabled << 16), SCI_ENABLED, this.#ticks & MASK, 0];
    return offset < BLOCK_SIZE ? ((registers[offset >> 2] as number) >>> (8 * (offset & 3))) & 0xff : 0xff;
  }

  #writeByte(offset: number, byte: number): void {
    const shift = 8 * (offset & 1);
    if (offset === STATUS && (byte & TIMER_EVENT) !== 0) this.#seen = this.#halves;
    else if (offset >= ENABLE && offset < CONTROL)
      this.#enabled = ((this.#enabled & ~(0xff << shift)) | (byte << shift)) & EVENTS;
  }

  /** The line is as it should be; and it will change when the timer's top bit does. */
  #update(): void {
    this.#alarm?.cancel();
    this.#sci((this.#status & this.#enabled) !== 0);
    if ((this.#enabled & TIMER_EVENT) === 0 || this.#status !== 0) return;
    const next = (this.#halves + 1) * HALF_ROUND;
    this.#alarm = this.#clock.at(Math.ceil((next * 1e9) / PM_TIMER_HZ), () => this.#update());
  }
}
