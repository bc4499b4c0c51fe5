/** An 8250 with the FIFOs of a 16550A (National Semiconductor PC16550D datasheet, 8), by ports or in memory, its registers 1 or 4 bytes apart. */
import type { Clock, Device, Width, Wire } from "../device.ts";
import { Fifo } from "./fifo.ts";
import type { UartHost } from "./uart.ts";

const DATA = 0;
const INTERRUPT_ENABLE = 1;
/** Reads tell the interrupt, writes control the FIFOs. */
const INTERRUPT_ID = 2;
const LINE_CONTROL = 3;
const MODEM_CONTROL = 4;
const LINE_STATUS = 5;
const MODEM_STATUS = 6;
const SCRATCH = 7;
/** TI's: the mode, 7 at reset, which lets nothing through (AM335x TRM, 19.5.1.22). */
const MODE = 8;
const MODE_OFF = 7;

const DIVISOR_ACCESS = 0x80;
const FIFO_ON = 1;
const FIFO_CLEAR_RECEIVED = 2;
const FIFO_CLEAR_SENT = 4;
const FIFO_SIZE = 16;
/** Bytes that raise an interrupt, by bits 7:6 of the FIFO control. */
const TRIGGERS = [1, 4, 8, 14];

const READY = 0x01;
const OVERRUN = 0x02;
const HOLDING_EMPTY = 0x20;
const ALL_EMPTY = 0x40;

/** Bits of the interrupt enable, and what the identification says of each, the most urgent first. */
const ON_LINE_STATUS = 4;
const ON_RECEIVED = 1;
const ON_EMPTY = 2;
const ID_LINE_STATUS = 6;
const ID_RECEIVED = 4;
const ID_TIMEOUT = 12;
const ID_EMPTY = 2;
const ID_NONE = 1;
const ID_FIFOS = 0xc0;

const LOOP = 0x10;
/** On PCs the interrupt's line goes through this output. */
const OUT2 = 0x08;
/** Clear to send, data set ready, carrier. */
const CONNECTED = 0xb0;

export interface Ns8250Options {
  /** Bytes between registers. */
  readonly distance?: 1 | 4;
  /** What the divisor divides; with it a byte takes its time on the line. Without it everything is sent at once. */
  readonly timing?: { readonly clock: Clock; readonly hz: number };
  /** It has TI's mode register. */
  readonly hasMode?: boolean;
  /** The interrupt goes through OUT2, as on PCs. */
  readonly gated?: boolean;
  readonly interrupt?: Wire;
}

export class Ns8250 implements Device {
  readonly #host: UartHost;
  readonly #distance: number;
  readonly #timing: Ns8250Options["timing"];
  readonly #interrupt: Wire;
  readonly #gated: boolean;
  readonly #sent = new Fifo(1);
  readonly #received = new Fifo(1);
  /** A byte is on the line. */
  #shifting = false;
  #divisor = 1;
  #fifoControl = 0;
  #enabled = 0;
  #lineControl = 0;
  #modemControl = 0;
  #scratch = 0;
  readonly #hasMode: boolean;
  #mode: number;
  #overrun = false;
  /** The transmitter has become empty since the identification was read. */
  #emptied = false;

  constructor(host: UartHost, options: Ns8250Options = {}) {
    this.#host = host;
    this.#distance = options.distance ?? 1;
    this.#timing = options.timing;
    this.#interrupt = options.interrupt ?? (() => {});
    this.#gated = options.gated ?? false;
    this.#hasMode = options.hasMode ?? false;
    this.#mode = this.#hasMode ? MODE_OFF : 0;
  }

  /** A byte arrives from outside. */
  receive(byte: number): void {
    if (this.#received.isFull) {
      this.#overrun = true;
      // Without FIFO the new byte takes the place of the one that was not read (8.6.3).
      if (this.#received.capacity === 1) this.#received.replaceLast(byte);
    } else this.#received.push(byte);
    this.#update();
  }

  read(offset: number, width: Width): number {
    let value = 0;
    // A wider access to registers side by side is one to each of them.
    for (let i = this.#distance === 1 ? width - 1 : 0; i >= 0; i--) value = value * 256 + this.#byte(offset + i);
    return value;
  }

  write(offset: number, width: Width, value: number): void {
    for (let i = 0; i < (this.#distance === 1 ? width : 1); i++)
      this.#writeByte(offset + i, (value >>> (8 * i)) & 0xff);
    this.#update();
  }

  #byte(offset: number): number {
    return offset % this.#distance === 0 ? this.#read(offset / this.#distance) : 0;
  }

  #writeByte(offset: number, byte: number): void {
    if (offset % this.#distance === 0) this.#write(offset / this.#distance, byte);
  }

  get #showsDivisor(): boolean {
    return (this.#lineControl & DIVISOR_ACCESS) !== 0;
  }

  #read(register: number): number {
    switch (register) {
      case DATA:
        return this.#showsDivisor ? this.#divisor & 0xff : this.#take();
      case INTERRUPT_ENABLE:
        return this.#showsDivisor ? this.#divisor >> 8 : this.#enabled;
      case INTERRUPT_ID:
        return this.#identify();
      case LINE_CONTROL:
        return this.#lineControl;
      case MODEM_CONTROL:
        return this.#modemControl;
      case LINE_STATUS:
        return this.#lineStatus();
      case MODEM_STATUS:
        return CONNECTED;
      case SCRATCH:
        return this.#scratch;
      default:
        return register === MODE ? this.#mode : 0;
    }
  }

  #write(register: number, byte: number): void {
    if (register === DATA && this.#showsDivisor) this.#divisor = (this.#divisor & 0xff00) | byte;
    else if (register === INTERRUPT_ENABLE && this.#showsDivisor) this.#divisor = (this.#divisor & 0xff) | (byte << 8);
    else if (register === DATA) this.#transmit(byte);
    else if (register === INTERRUPT_ENABLE) this.#enable(byte & 15);
    else if (register === INTERRUPT_ID) this.#controlFifos(byte);
    else if (register === LINE_CONTROL) this.#lineControl = byte;
    else if (register === MODEM_CONTROL) this.#modemControl = byte & 0x1f;
    else if (register === SCRATCH) this.#scratch = byte;
    else if (register === MODE && this.#hasMode) this.#mode = byte & 7;
  }

  #take(): number {
    const byte = this.#received.shift();
    this.#update();
    return byte;
  }

  #lineStatus(): number {
    const empty = !this.#host.isReady() || this.#sent.length > 0 ? 0 : HOLDING_EMPTY;
    const idle = empty !== 0 && !this.#shifting ? ALL_EMPTY : 0;
    const status = empty | idle | (this.#received.length > 0 ? READY : 0) | (this.#overrun ? OVERRUN : 0);
    this.#overrun = false;
    this.#update();
    return status;
  }

  #transmit(byte: number): void {
    this.#emptied = false;
    if (this.#sent.isFull) this.#sent.replaceLast(byte);
    else this.#sent.push(byte);
    if (!this.#shifting) this.#shift();
  }

  /** The next byte goes to the line. */
  #shift(): void {
    if (!this.#host.isReady() || this.#sent.length === 0) return;
    const byte = this.#sent.shift();
    if (this.#sent.length === 0) this.#emptied = true;
    if ((this.#modemControl & LOOP) !== 0) this.receive(byte);
    else if (this.#mode !== MODE_OFF) this.#host.transmit(byte);
    if (!this.#timing) {
      this.#shift();
      return;
    }
    this.#shifting = true;
    const { clock, hz } = this.#timing;
    // Start bit, eight, stop bit, of sixteen clocks each.
    clock.at(clock.now + Math.ceil((160e9 * Math.max(this.#divisor, 1)) / hz), () => {
      this.#shifting = false;
      this.#shift();
      this.#update();
    });
  }

  /** That the transmitter is empty counts as new when its interrupt is turned on (8.6.4). */
  #enable(bits: number): void {
    if ((bits & ~this.#enabled & ON_EMPTY) !== 0) this.#emptied = this.#sent.length === 0;
    this.#enabled = bits;
  }

  #controlFifos(byte: number): void {
    const on = (byte & FIFO_ON) !== 0;
    const changes = on !== ((this.#fifoControl & FIFO_ON) !== 0);
    if (changes || (byte & FIFO_CLEAR_RECEIVED) !== 0) this.#received.clear();
    if (changes || (byte & FIFO_CLEAR_SENT) !== 0) this.#sent.clear();
    this.#fifoControl = on ? byte : 0;
    this.#sent.capacity = on ? FIFO_SIZE : 1;
    this.#received.capacity = on ? FIFO_SIZE : 1;
  }

  /** The most urgent cause; that the transmitter is empty is told once. */
  #identify(): number {
    const cause = this.#cause();
    if (cause === ID_EMPTY) this.#emptied = false;
    this.#update();
    return cause | ((this.#fifoControl & FIFO_ON) !== 0 ? ID_FIFOS : 0);
  }

  #cause(): number {
    const trigger = TRIGGERS[this.#fifoControl >> 6] as number;
    if (this.#overrun && (this.#enabled & ON_LINE_STATUS) !== 0) return ID_LINE_STATUS;
    if ((this.#enabled & ON_RECEIVED) !== 0 && this.#received.length > 0)
      return this.#received.length >= trigger ? ID_RECEIVED : ID_TIMEOUT;
    return this.#emptied && (this.#enabled & ON_EMPTY) !== 0 ? ID_EMPTY : ID_NONE;
  }

  #update(): void {
    this.#interrupt(this.#cause() !== ID_NONE && (!this.#gated || (this.#modemControl & OUT2) !== 0));
  }
}
