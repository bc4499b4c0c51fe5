/**
 * Intel's HDA controller with one codec (High Definition Audio Specification 1.0a): reset, discovery of the codec, and the interrupt that it raises.
 * Rings and streams have registers and no engine.
 */
import type { Alarm, Clock, Device, Width } from "../device.ts";
import type { Bar, PciModel, Registers } from "./hardware.ts";
import * as header from "./header.ts";

const SIZE = 0x4000;
const STREAMS = 8;
const STREAM_0 = 0x80;
const STREAM_SIZE = 0x20;

/** 3.3 */
const GCTL = 0x08;
const WAKEEN = 0x0c;
const STATESTS = 0x0e;
const INTCTL = 0x20;
const INTSTS = 0x24;
const WALCLK = 0x30;

const RUNS = 1;
const CONTROLLER = 2 ** 30;
const GLOBAL = 2 ** 31;
/** The codec's address on the link. */
const CODEC = 1 << 0;
/** It has asked for its address 25 frames after the link's reset at the latest (4.3). */
const DISCOVERY_NS = 521_000;
/** The wall clock's rate (3.3.16). */
const WALL_HZ = 24_000_000;

/** Offset, bytes, value after a reset, bits that can be written, bits that a one clears. */
type Register = readonly [offset: number, bytes: number, value: number, writable: number, cleared?: number];

/** 3.3.35 and on, of a stream. */
const stream = (first: number): Register[] => [
  [first + 0x00, 3, 0x040000, 0xff001f],
  [first + 0x03, 1, 0x20, 0, 0x1c],
  [first + 0x08, 4, 0, 0xffffffff],
  [first + 0x0c, 2, 0, 0xff],
  [first + 0x12, 2, 0, 0x7f7f],
  [first + 0x18, 4, 0, 0xffffff80],
  [first + 0x1c, 4, 0, 0xffffffff],
];

const REGISTERS: readonly Register[] = [
  // Four streams out, four in, 64-bit addresses; version 1.0; payloads.
  [0x00, 2, 0x4401, 0],
  [0x03, 1, 1, 0],
  [0x04, 2, 0x3c, 0],
  [0x06, 2, 0x1d, 0],
  [GCTL, 4, 0, 0x103],
  [WAKEEN, 2, 0, 0x7fff],
  [STATESTS, 2, 0, 0, 0x7fff],
  [0x10, 2, 0, 0, 2],
  [0x18, 2, 0x18, 0],
  [0x1a, 2, 0x18, 0],
  [INTCTL, 4, 0, 0xc00000ff],
  [0x38, 4, 0, 0xff],
  // CORB and RIRB: addresses, pointers, control, status, sizes of 256 entries.
  [0x40, 4, 0, 0xffffff80],
  [0x44, 4, 0, 0xffffffff],
  [0x48, 2, 0, 0xff],
  [0x4a, 2, 0, 0x8000],
  [0x4c, 1, 0, 3],
  [0x4d, 1, 0, 0, 1],
  [0x4e, 1, 0x42, 0],
  [0x50, 4, 0, 0xffffff80],
  [0x54, 4, 0, 0xffffffff],
  [0x5a, 2, 0, 0xff],
  [0x5c, 1, 0, 7],
  [0x5d, 1, 0, 0, 5],
  [0x5e, 1, 0x42, 0],
  [0x60, 4, 0, 0xffffffff],
  [0x68, 2, 0, 0, 2],
  [0x70, 4, 0, 0xffffff81],
  [0x74, 4, 0, 0xffffffff],
  ...Array.from({ length: STREAMS }, (_, n) => stream(STREAM_0 + n * STREAM_SIZE)).flat(),
];
const END = STREAM_0 + STREAMS * STREAM_SIZE;

/** A column of the table as bytes. */
function bytes(column: 2 | 3 | 4): Uint8Array {
  const all = new Uint8Array(END);
  for (const register of REGISTERS) {
    const [offset, size] = register;
    for (let i = 0; i < size; i++) all[offset + i] = (register[column] ?? 0) >>> (8 * i);
  }
  return all;
}
const RESET = bytes(2);
const WRITABLE = bytes(3);
const CLEARED = bytes(4);

/** What a reset of the controller leaves alone (3.3.8, 3.3.9), and what can be written during one besides. */
const survives = (offset: number) => offset >= WAKEEN && offset < STATESTS + 2;

export class Hda implements Device, PciModel {
  readonly bars: readonly Bar[] = [{ size: SIZE, device: this }];
  /** QEMU's, which is an ICH6: IDs, class, MSI with 64-bit addresses as its only capability. */
  readonly registers: Registers = {
    [header.ID]: [0x26688086, 0],
    [header.COMMAND]: [header.HAS_CAPABILITIES, 0x546],
    [header.CLASS]: [0x04030001, 0],
    [header.CACHE_LINE]: [0, 0xff],
    [header.SUBSYSTEM]: [0x11001af4, 0],
    [header.CAPABILITIES]: [0x60, 0],
    [header.INTERRUPT]: [0x0100, 0xff],
    64: [1, 0],
    96: [0x00800005, 0x00710000],
    100: [0, 0xfffffffc],
    104: [0, 0xffffffff],
    108: [0, 0xffff],
  };
  onInterrupt: (level: boolean) => void = () => {};
  readonly #clock: Clock;
  readonly #bytes = RESET.slice();
  readonly #view = new DataView(this.#bytes.buffer);
  #discovery: Alarm | undefined;
  #started = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  read(offset: number, width: Width): number {
    this.#view.setUint32(INTSTS, this.#status(), true);
    this.#view.setUint32(WALCLK, this.#wallClock(), true);
    let value = 0;
    for (let i = width - 1; i >= 0; i--) value = value * 256 + (this.#bytes[offset + i] ?? 0);
    return value;
  }

  write(offset: number, width: Width, value: number): void {
    const ran = this.#runs;
    for (let i = 0; i < width; i++) this.#writeByte(offset + i, (value >>> (8 * i)) & 0xff);
    if (ran && !this.#runs) this.#reset();
    else if (!ran && this.#runs) this.#start();
    this.onInterrupt((this.#status() & this.#view.getUint32(INTCTL, true) & GLOBAL) !== 0);
  }

  get #runs(): boolean {
    return ((this.#bytes[GCTL] as number) & RUNS) !== 0;
  }

  #writeByte(at: number, byte: number): void {
    if (at >= END || !(this.#runs || at === GCTL || survives(at))) return;
    const before = this.#bytes[at] as number;
    const writable = WRITABLE[at] as number;
    this.#bytes[at] = (before & ~writable & ~(byte & (CLEARED[at] as number))) | (byte & writable);
  }

  #reset(): void {
    this.#discovery?.cancel();
    for (let at = 0; at < END; at++) if (!survives(at)) this.#bytes[at] = RESET[at] as number;
  }

  /** The link comes up, and the codec with it. */
  #start(): void {
    this.#started = this.#clock.now;
    this.#discovery = this.#clock.at(this.#clock.now + DISCOVERY_NS, () => {
      this.#view.setUint16(STATESTS, this.#view.getUint16(STATESTS, true) | CODEC, true);
      this.onInterrupt((this.#status() & this.#view.getUint32(INTCTL, true) & GLOBAL) !== 0);
    });
  }

  /** INTSTS: the controller's own events, and that there is one which is enabled (3.3.15). */
  #status(): number {
    const woken = (this.#view.getUint16(STATESTS, true) & this.#view.getUint16(WAKEEN, true)) !== 0;
    const sources = woken ? CONTROLLER : 0;
    return sources + ((sources & this.#view.getUint32(INTCTL, true)) !== 0 ? GLOBAL : 0);
  }

  #wallClock(): number {
    if (!this.#runs) return 0;
    return Math.floor(((this.#clock.now - this.#started) * WALL_HZ) / 1e9) % 2 ** 32;
  }
}
