/**
 * Intel's 82540EM network controller (317453, "PCI/PCI-X Family of Gigabit Ethernet Controllers Software Developer's Manual", chapter 13): rings of
 * legacy descriptors, the address filter, PHY and EEPROM. No interrupts, no offloading, no I/O ports.
 */
import { type Bus, BusError, type Clock, type Device, type Width } from "../device.ts";
import type { Cable, CableEnd } from "./cable.ts";
import type { Bar, PciModel, Registers } from "./hardware.ts";
import * as header from "./header.ts";

const SIZE = 0x20000;
const [CTRL, STATUS, EERD, MDIC] = [0x0000, 0x0008, 0x0014, 0x0020];
const [RCTL, TCTL, RAL, RAH] = [0x0100, 0x0400, 0x5400, 0x5404];
/** Rings of the receiver and of the transmitter, and their registers. */
const [RECEIVE, TRANSMIT] = [0x2800, 0x3800];
const [BASE_LOW, BASE_HIGH, LENGTH, HEAD, TAIL] = [0x00, 0x04, 0x08, 0x10, 0x18];

/** As after a reset: the link is to be up, at 1000 Mb/s. */
const CTRL_RESET_VALUE = 0x00000240;
const CTRL_LINK_UP = 1 << 6;
const CTRL_RESET = 1 << 26;
/** Full duplex, 1000 Mb/s; and that the link is up. */
const STATUS_VALUE = 0x81;
const STATUS_LINK_UP = 1 << 1;
const ON = 1 << 1;
const [ALL_UNICAST, ALL_MULTICAST, BROADCAST, STRIP_CRC] = [1 << 3, 1 << 4, 1 << 15, 1 << 26];
const PAD = 1 << 3;
const RAH_VALID = 2 ** 31;
const EERD_DONE = 1 << 4;
const [MDIC_WRITE, MDIC_READY] = [1 << 26, 1 << 28];
/** The PHY's control and status: negotiates, has a link (IEEE 802.3, 22.2.4). */
const PHY = [0x1140, 0x796d];

const DESCRIPTOR = 16;
/** Offsets in a descriptor; the end of a packet, and that the controller has done its part. */
const [D_LENGTH, D_COMMAND, D_STATUS] = [8, 11, 12];
const [END_OF_PACKET, REPORT] = [1 << 0, 1 << 3];
const DONE = 1;
const RECEIVED = 3;

const SHORTEST = 60;
const CRC = 4;
/** Preamble and gap, in bytes of 8 ns. */
const AROUND = 20;
const BYTE_NS = 8;

export class E1000 implements Device, PciModel, CableEnd {
  readonly bars: readonly Bar[] = [{ size: SIZE, device: this }];
  readonly registers: Registers = {
    [header.ID]: [0x100e8086, 0],
    [header.COMMAND]: [0, 0x546],
    [header.CLASS]: [0x02000003, 0],
    [header.CACHE_LINE]: [0, 0xff],
    [header.SUBSYSTEM]: [0x11001af4, 0],
    [header.INTERRUPT]: [0x0100, 0xff],
  };
  onInterrupt: (level: boolean) => void = () => {};
  readonly #clock: Clock;
  readonly #bus: Bus;
  readonly #address: readonly number[];
  readonly #values = new Map<number, number>();
  readonly #phy = [...PHY];
  #cable: Cable;
  #packet: number[] = [];
  /** When what was sent is through. */
  #busyUntil = 0;

  /** @param address six bytes */
  constructor(clock: Clock, bus: Bus, cable: Cable, address: readonly number[]) {
    this.#clock = clock;
    this.#bus = bus;
    this.#address = address;
    this.#cable = cable;
    cable.plug(this);
    this.#reset();
  }

  set cable(cable: Cable) {
    this.#cable.unplug(this);
    this.#cable = cable;
    cable.plug(this);
  }

  /** Registers have 32 bits; parts of them can be read. */
  read(offset: number, width: Width): number {
    const value = this.#get(offset & ~3) >>> (8 * (offset & 3));
    return width === 4 ? value : value & ((1 << (8 * width)) - 1);
  }

  write(offset: number, width: Width, value: number): void {
    const register = offset & ~3;
    const all = header.merge(this.#get(register), offset, width, value);
    if (register === CTRL && (all & CTRL_RESET) !== 0) this.#reset();
    else if (register === EERD) this.#values.set(EERD, this.#readEeprom(all >>> 8));
    else if (register === MDIC) this.#values.set(MDIC, this.#managePhy(all));
    else if (register !== STATUS) this.#values.set(register, all);
    if (register === TRANSMIT + TAIL) this.#transmit();
  }

  /** A frame comes; what nobody takes or has room for is gone. */
  receive(frame: Uint8Array, time: number): void {
    this.#clock.at(Math.max(time, this.#clock.now), () => this.#take(frame));
  }

  #get(register: number): number {
    if (register === STATUS) return STATUS_VALUE | ((this.#get(CTRL) & CTRL_LINK_UP) !== 0 ? STATUS_LINK_UP : 0);
    return this.#values.get(register) ?? 0;
  }

  #word(index: number): number {
    return (this.#address[2 * index] ?? 0) | ((this.#address[2 * index + 1] ?? 0) << 8);
  }

  #reset(): void {
    this.#values.clear();
    this.#values.set(CTRL, CTRL_RESET_VALUE);
    this.#values.set(RAL, (this.#word(0) | (this.#word(1) << 16)) >>> 0);
    this.#values.set(RAH, RAH_VALID + this.#word(2));
    this.#packet = [];
  }

  #readEeprom(word: number): number {
    return ((this.#word(word & 0xff) << 16) | EERD_DONE) >>> 0;
  }

  #managePhy(command: number): number {
    const register = (command >> 16) & 31;
    if ((command & MDIC_WRITE) !== 0) this.#phy[register] = command & 0xffff;
    return ((command & 0xffff0000) | MDIC_READY | (this.#phy[register] ?? 0)) >>> 0;
  }

  /** Descriptors from head to tail. Where memory cannot be reached the ring stands still. */
  #transmit(): void {
    if ((this.#get(TCTL) & ON) === 0) return;
    this.#reach(() => {
      while (this.#get(TRANSMIT + HEAD) !== this.#get(TRANSMIT + TAIL)) {
        const at = this.#descriptor(TRANSMIT);
        const view = viewOf(this.#bus.load(at, DESCRIPTOR));
        const command = view.getUint8(D_COMMAND);
        this.#packet.push(...this.#bus.load(Number(view.getBigUint64(0, true)), view.getUint16(D_LENGTH, true)));
        if ((command & END_OF_PACKET) !== 0) this.#send();
        const report = () => this.#reach(() => this.#bus.store(at + D_STATUS, Uint8Array.of(DONE)));
        if ((command & REPORT) !== 0) this.#clock.at(Math.max(this.#busyUntil, this.#clock.now), report);
        this.#advance(TRANSMIT);
      }
    });
  }

  #send(): void {
    const pads = (this.#get(TCTL) & PAD) !== 0 ? Math.max(SHORTEST - this.#packet.length, 0) : 0;
    const frame = Uint8Array.from([...this.#packet, ...new Array<number>(pads).fill(0)]);
    this.#packet = [];
    this.#busyUntil = Math.max(this.#busyUntil, this.#clock.now) + (frame.length + CRC + AROUND) * BYTE_NS;
    if ((this.#get(CTRL) & CTRL_LINK_UP) !== 0) this.#cable.send(this, frame, this.#busyUntil);
  }

  #take(frame: Uint8Array): void {
    const control = this.#get(RCTL);
    const isFull = this.#get(RECEIVE + HEAD) === this.#get(RECEIVE + TAIL);
    if ((control & ON) === 0 || isFull || !this.#listens(frame, control)) return;
    this.#reach(() => {
      const at = this.#descriptor(RECEIVE);
      const view = viewOf(this.#bus.load(at, DESCRIPTOR));
      this.#bus.store(Number(view.getBigUint64(0, true)), frame);
      const status = new DataView(new ArrayBuffer(DESCRIPTOR - D_LENGTH));
      status.setUint16(0, frame.length + ((control & STRIP_CRC) !== 0 ? 0 : CRC), true);
      status.setUint8(D_STATUS - D_LENGTH, RECEIVED);
      this.#bus.store(at + D_LENGTH, new Uint8Array(status.buffer));
      this.#advance(RECEIVE);
    });
  }

  #listens(frame: Uint8Array, control: number): boolean {
    const to = frame.subarray(0, 6);
    if (to.every((byte) => byte === 0xff)) return (control & BROADCAST) !== 0;
    if (((to[0] ?? 0) & 1) !== 0) return (control & ALL_MULTICAST) !== 0;
    if ((control & ALL_UNICAST) !== 0) return true;
    const [low, high] = [this.#get(RAL), this.#get(RAH)];
    const own = [low, low >>> 8, low >>> 16, low >>> 24, high, high >>> 8].map((byte) => byte & 0xff);
    return high >= RAH_VALID && own.every((byte, i) => byte === to[i]);
  }

  #descriptor(ring: number): number {
    const base = this.#get(ring + BASE_HIGH) * 2 ** 32 + this.#get(ring + BASE_LOW);
    return base + this.#get(ring + HEAD) * DESCRIPTOR;
  }

  #advance(ring: number): void {
    const count = Math.max(Math.floor(this.#get(ring + LENGTH) / DESCRIPTOR), 1);
    this.#values.set(ring + HEAD, (this.#get(ring + HEAD) + 1) % count);
  }

  #reach(action: () => void): void {
    try {
      action();
    } catch (error) {
      if (!(error instanceof BusError)) throw error;
    }
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
