/** An e1000 on the fake cell's PCI bus: what the program sends is kept, what a test gives it lands in the program's ring. */
import type { FakeCell } from "./cell.ts";
import type { FakeRegion } from "./devices.ts";
import type { FakeFunction } from "./pci.ts";

const BASE = 0xfebc0000;
const SIZE = 0x20000;
const [CTRL, STATUS, EERD, MDIC, RAL, RAH] = [0x0, 0x8, 0x14, 0x20, 0x5400, 0x5404];
const [RECEIVE, TRANSMIT] = [0x2800, 0x3800];
const [RING_BASE, LENGTH, HEAD, TAIL] = [0x0, 0x8, 0x10, 0x18];
const MDIC_READY = 2 ** 28;
const EERD_DONE = 1 << 4;
const DESCRIPTOR = 16;

export interface Frame {
  /** First byte lowest. */
  readonly to: bigint;
  readonly from: bigint;
  readonly type: number;
}

export class FakeNic implements FakeRegion {
  readonly base = BigInt(BASE);
  readonly size = SIZE;
  readonly function: FakeFunction = { bdf: 0xc8, words: { 0: 0x100e8086, 4: 0, 8: 0x02000003, 16: BASE } };
  readonly sent: (Frame & { readonly at: bigint })[] = [];
  /** The device reaches the cell's memory. */
  hasDma = true;
  /** The address in the EEPROM; without it the receiver already listens to one. */
  eeprom: readonly number[] | undefined;

  readonly #registers = new DataView(new ArrayBuffer(SIZE));
  readonly #cell: FakeCell;

  constructor(cell: FakeCell, address: bigint) {
    this.#cell = cell;
    this.#set(RAL, Number(address & 0xffffffffn));
    this.#set(RAH, (0x80000000 | Number(address >> 32n)) >>> 0);
    cell.regions.push(this);
  }

  read(offset: number): number {
    if (this.eeprom && offset === RAH) return 0;
    if (offset === STATUS) return 0x82;
    if (offset === MDIC) return (this.#get(MDIC) & 0xffff) + MDIC_READY;
    if (offset === EERD) return ((this.eeprom?.[this.#get(EERD) >> 8] ?? 0) << 16) | EERD_DONE;
    return this.#get(offset);
  }

  write(offset: number, _width: number, value: number): void {
    this.#set(offset, offset === CTRL ? value & ~(1 << 26) : value);
    if (offset === TRANSMIT + TAIL && this.hasDma) this.#transmit();
  }

  /** A frame comes in. */
  receive({ to, from, type }: Frame): void {
    const { memory } = this.#cell;
    const head = this.#get(RECEIVE + HEAD);
    if (head === this.#get(RECEIVE + TAIL)) throw new Error("no descriptor is free");
    const descriptor = this.#get(RECEIVE + RING_BASE) + head * DESCRIPTOR;
    const buffer = Number(memory.getBigUint64(descriptor, true));
    memory.setBigUint64(buffer, to | ((from & 0xffffn) << 48n), true);
    memory.setUint32(buffer + 8, Number(from >> 16n), true);
    memory.setUint16(buffer + 12, type, true);
    memory.setUint8(descriptor + 12, 3);
    this.#advance(RECEIVE);
  }

  #transmit(): void {
    const { memory, counter } = this.#cell;
    while (this.#get(TRANSMIT + HEAD) !== this.#get(TRANSMIT + TAIL)) {
      const descriptor = this.#get(TRANSMIT + RING_BASE) + this.#get(TRANSMIT + HEAD) * DESCRIPTOR;
      const buffer = Number(memory.getBigUint64(descriptor, true));
      const word = memory.getBigUint64(buffer, true);
      const from = (word >> 48n) | (BigInt(memory.getUint32(buffer + 8, true)) << 16n);
      this.sent.push({ to: word & 0xffffffffffffn, from, type: memory.getUint16(buffer + 12, true), at: counter });
      memory.setUint8(descriptor + 12, 1);
      this.#advance(TRANSMIT);
    }
  }

  #advance(ring: number): void {
    this.#set(ring + HEAD, (this.#get(ring + HEAD) + 1) % (this.#get(ring + LENGTH) / DESCRIPTOR));
  }
  #get(offset: number): number {
    return this.#registers.getUint32(offset, true);
  }
  #set(offset: number, value: number): void {
    this.#registers.setUint32(offset, value, true);
  }
}
