/**
 * The IOAPIC (Intel 82093AA datasheet, 3.0) as Jailhouse shows it to a cell: entries of the cell's pins, of others nothing (jailhouse-abi 4.3). Its
 * hypervisor remaps interrupts: what an entry names is checked when it is not masked.
 */
import type { Device, Width, Wire } from "../device.ts";
import { Refusal } from "../refusal.ts";
import { MODE_FIXED, MODE_LOWEST, MODE_MASK } from "./apic-registers.ts";
import type { Apics } from "./apics.ts";

const INDEX = 0x00;
const DATA = 0x10;
const EOI = 0x40;
export const IOAPIC_SIZE = 0x1000;

const VERSION = 1;
const FIRST_ENTRY = 0x10;
const PINS = 24;
/** The last entry's number, and the version of those with an EOI register. */
const VERSION_VALUE = ((PINS - 1) << 16) | 0x20;

/** The lower word of an entry. */
const VECTOR = 0xff;
const LOGICAL = 1 << 11;
const ACTIVE_LOW = 1 << 13;
const REMOTE_IRR = 1 << 14;
const LEVEL = 1 << 15;
const MASKED = 1 << 16;
const DESTINATION_SHIFT = 24;

interface Pin {
  readonly isOwn: boolean;
  low: number;
  high: number;
  /** Of the line, electrically. */
  level: boolean;
}

export class Ioapic implements Device {
  #index = 0;
  readonly #pins: readonly Pin[];
  readonly #apics: Apics;

  /** @param pins the cell's */
  constructor(pins: readonly number[], apics: Apics) {
    this.#pins = Array.from({ length: PINS }, (_, pin) => ({
      isOwn: pins.includes(pin),
      low: MASKED,
      high: 0,
      level: false,
    }));
    this.#apics = apics;
  }

  /** The cell has that pin. */
  has(pin: number): boolean {
    return this.#pins[pin]?.isOwn ?? false;
  }

  /** What leads to a pin. */
  wire(pin: number): Wire {
    return (level) => this.#set(this.#pins[pin] as Pin, level);
  }

  /** A CPU has ended the interrupt: a level that is still active raises it again (3.2.4, remote IRR). */
  end(vector: number): void {
    for (const pin of this.#pins) {
      if ((pin.low & LEVEL) === 0 || (pin.low & VECTOR) !== vector) continue;
      pin.low &= ~REMOTE_IRR;
      this.#raise(pin);
    }
  }

  read(offset: number, width: Width): number {
    if (width !== 4) throw new Refusal();
    if (offset === INDEX) return this.#index;
    if (offset !== DATA) throw new Refusal();
    if (this.#index < FIRST_ENTRY) return this.#index === VERSION ? VERSION_VALUE : 0;
    const pin = this.#selected();
    if (!pin.isOwn) return 0;
    return ((this.#index & 1) === 0 ? pin.low : pin.high) >>> 0;
  }

  write(offset: number, width: Width, value: number): void {
    if (width !== 4) throw new Refusal();
    if (offset === INDEX) this.#index = value;
    else if (offset === EOI) this.end(value & VECTOR);
    else if (offset !== DATA || this.#index < FIRST_ENTRY) throw new Refusal();
    else this.#writeEntry(this.#selected(), value);
  }

  #selected(): Pin {
    const pin = this.#pins[(this.#index - FIRST_ENTRY) >> 1];
    if (!pin) throw new Refusal();
    return pin;
  }

  #writeEntry(pin: Pin, value: number): void {
    if (!pin.isOwn) return;
    if ((this.#index & 1) === 0) pin.low = (value & ~REMOTE_IRR) | (pin.low & REMOTE_IRR);
    else pin.high = value;
    if ((pin.low & LEVEL) === 0) pin.low &= ~REMOTE_IRR;
    if ((pin.low & MASKED) === 0) this.#check(pin);
    // An edge that came while it was masked is lost, a level is not (3.2.4, interrupt mask).
    if ((pin.low & LEVEL) !== 0) this.#raise(pin);
  }

  #check(pin: Pin): void {
    const mode = pin.low & MODE_MASK;
    if (mode !== MODE_FIXED && mode !== MODE_LOWEST) throw new Refusal();
    if (targets(pin).some((id) => !this.#apics.has(id))) throw new Refusal();
  }

  #set(pin: Pin, level: boolean): void {
    const rises = level !== pin.level && isActive({ ...pin, level });
    pin.level = level;
    if ((pin.low & LEVEL) !== 0 || rises) this.#raise(pin);
  }

  /** A level is raised once until its end. */
  #raise(pin: Pin): void {
    if ((pin.low & (MASKED | REMOTE_IRR)) !== 0) return;
    const isLevel = (pin.low & LEVEL) !== 0;
    if (isLevel && !isActive(pin)) return;
    if (isLevel) pin.low |= REMOTE_IRR;
    for (const id of targets(pin)) this.#apics.interrupt(id, pin.low & VECTOR, isLevel);
  }
}

function isActive({ low, level }: Pin): boolean {
  return level === ((low & ACTIVE_LOW) === 0);
}

/** Lowest priority among several is the first. */
function targets({ low, high }: Pin): number[] {
  const destination = high >>> DESTINATION_SHIFT;
  if ((low & LOGICAL) === 0) return [destination];
  const ids = Array.from({ length: 8 }, (_, id) => id).filter((id) => ((destination >> id) & 1) !== 0);
  return (low & MODE_MASK) === MODE_LOWEST ? ids.slice(0, 1) : ids;
}
