/**
 * An ivshmem device, version 2, as Jailhouse presents it (jailhouse-abi 4.7): shared memory, which the cell has by its memory regions, a state for
 * each peer, and interrupts among them.
 */
import { formatBdf } from "../../../boards/pci-address.ts";
import type { Clock, Device, Width } from "../device.ts";
import { Refusal } from "../refusal.ts";
import type { Message, Messages, PciFunction, Window } from "./function.ts";
import * as header from "./header.ts";
import type { Link, LinkEnd } from "./link.ts";
import { MSIX_ENABLE, MSIX_MASK_ALL, MsixTable } from "./msix.ts";

export interface IvshmemSpec {
  readonly bdf: number;
  /** The cell's number among the peers, and how many there can be. */
  readonly id: number;
  readonly peers: number;
  readonly protocol: number;
  /** MSI-X vectors; 0: it has a pin. */
  readonly vectors: number;
  readonly barMasks: readonly number[];
  /** Cell address of the state table; the other sections lie behind it. */
  readonly base: bigint;
  readonly stateSize: number;
  readonly commonSize: bigint;
  readonly outputSize: bigint;
}

/** What the device needs of its machine. */
export interface IvshmemHost {
  readonly clock: Clock;
  /** Writes the state of peer `id` to the shared state table. */
  storeState(id: number, state: number): void;
  /** Raises INTA to INTD, 1 to 4; where the board leads none to the cell, nothing happens. */
  raisePin(pin: number): void;
  readonly messages: Messages;
}

const VENDOR_DEVICE = 0x4106110a;
const CLASS = 0xff000000;

const VENDOR_AT = 0x40;
const VENDOR_LENGTH = 0x20 << 16;
const ONE_SHOT = 1 << 24;
const MSIX_AT = 0x60;
const SIZE = 0x80;
const TABLE_BAR = 1;
const PENDING_AT = 0x100;
/** Of the window with the table. */
const TABLE_SIZE = 0x200;

/** Registers in BAR 0. */
const REG_ID = 0x0;
const REG_PEERS = 0x4;
const REG_INTERRUPT = 0x8;
const REG_DOORBELL = 0xc;
const REG_STATE = 0x10;

const COMMAND_BITS = header.COMMAND_MEMORY | header.COMMAND_MASTER | header.COMMAND_NO_PIN;

export class Ivshmem implements PciFunction, LinkEnd {
  readonly spec: IvshmemSpec;
  windows: readonly Window[] = [];
  #link: Link;
  readonly #host: IvshmemHost;
  readonly #bars = new Uint32Array(header.BARS);
  readonly #table: MsixTable;
  /** What each vector sends, as it was when it was set up last. */
  #messages: (Message | undefined)[] = [];
  #command = 0;
  #oneShot = false;
  #enabled = false;
  #msixControl = 0;
  #state = 0;

  constructor(spec: IvshmemSpec, link: Link, host: IvshmemHost) {
    this.spec = spec;
    this.#link = link;
    this.#host = host;
    this.#table = new MsixTable(spec.vectors, (vector) => this.#connect(vector));
  }

  get bdf(): number {
    return this.spec.bdf;
  }

  /** As users write its place. */
  get name(): string {
    return formatBdf(this.spec.bdf);
  }

  get link(): Link {
    return this.#link;
  }
  /** Joins another link, as two simulators make one of theirs, whose state table is another, too. */
  set link(link: Link) {
    this.#link.leave(this.spec.id);
    link.join(this.spec.id, this);
    this.#link = link;
    this.#host.storeState(this.spec.id, this.#state);
  }

  /** At the start and at the end of the cell: the other peers see that this one is not there. */
  reset(): void {
    this.#enabled = false;
    this.#oneShot = false;
    this.#command = 0;
    this.#msixControl = 0;
    this.#bars.fill(0);
    this.#table.reset();
    this.#messages = [];
    this.windows = [];
    this.#setState(0);
  }

  read(offset: number): number {
    if (offset >= header.BAR_0 && offset < header.BARS_END) return this.#bars[(offset - header.BAR_0) >> 2] as number;
    const { protocol, vectors, base, stateSize, commonSize, outputSize } = this.spec;
    const [low, high] = [(value: bigint) => Number(value & 0xffffffffn), (value: bigint) => Number(value >> 32n)];
    switch (offset) {
      case header.ID:
      case header.SUBSYSTEM:
        return VENDOR_DEVICE;
      case header.COMMAND:
        return header.HAS_CAPABILITIES | this.#command;
      case header.CLASS:
        return (CLASS | (protocol << 8)) >>> 0;
      case header.CAPABILITIES:
        return VENDOR_AT;
      case header.INTERRUPT:
        return this.#pin << 8;
      case VENDOR_AT:
        return header.CAP_VENDOR | VENDOR_LENGTH | (vectors > 0 ? MSIX_AT << 8 : 0) | (this.#oneShot ? ONE_SHOT : 0);
      case VENDOR_AT + 0x04:
        return stateSize;
      case VENDOR_AT + 0x08:
        return low(commonSize);
      case VENDOR_AT + 0x0c:
        return high(commonSize);
      case VENDOR_AT + 0x10:
        return low(outputSize);
      case VENDOR_AT + 0x14:
        return high(outputSize);
      case VENDOR_AT + 0x18:
        return low(base);
      case VENDOR_AT + 0x1c:
        return high(base);
      case MSIX_AT:
        return (header.CAP_MSIX | (Math.max(vectors - 1, 0) << 16) | this.#msixControl) >>> 0;
      case MSIX_AT + 4:
        return TABLE_BAR;
      case MSIX_AT + 8:
        return PENDING_AT | TABLE_BAR;
      default:
        return offset < SIZE ? 0 : 0xffffffff;
    }
  }

  /** What is not listed here is taken and forgotten, up to the end of what is implemented. */
  write(offset: number, width: Width, value: number): void {
    const row = offset & ~3;
    if (row >= header.BAR_0 && row < header.BARS_END) {
      const bar = (row - header.BAR_0) >> 2;
      const mask = this.spec.barMasks[bar] ?? 0;
      const before = this.#bars[bar] as number;
      this.#bars[bar] = (header.merge(before, offset, width, value) & mask) | (before & ~mask);
      return;
    }
    if (isRefused(offset, width)) throw new Refusal();
    const word = header.merge(this.read(row), offset, width, value);
    if (row === header.COMMAND) this.#setCommand(word & COMMAND_BITS);
    else if (row === VENDOR_AT) this.#oneShot = (word & ONE_SHOT) !== 0;
    else if (row === MSIX_AT) {
      this.#msixControl = (word & (MSIX_ENABLE | MSIX_MASK_ALL)) >>> 0;
      this.#connectAll();
    }
  }

  /** A peer of another simulator may be ahead: then it comes when it is time here. */
  interrupt(vector: number, time: number): void {
    const { clock } = this.#host;
    if (time > clock.now) clock.at(time, () => this.#interrupt(vector));
    else this.#interrupt(vector);
  }

  #interrupt(vector: number): void {
    if (!this.#enabled) return;
    if (this.#oneShot) this.#enabled = false;
    const message = this.#messages[vector];
    if (message) this.#host.messages.send(message);
    else if (this.#pin !== 0 && vector === 0 && (this.#command & header.COMMAND_NO_PIN) === 0)
      this.#host.raisePin(this.#pin);
  }

  /** INTA to INTD, by the device's number; 0: it has messages. */
  get #pin(): number {
    return this.spec.vectors > 0 ? 0 : ((this.spec.bdf >> 3) & 3) + 1;
  }

  /** The windows are where the BARs are when memory is turned on. */
  #setCommand(command: number): void {
    const changed = command ^ this.#command;
    this.#command = command;
    if ((changed & header.COMMAND_MASTER) !== 0) this.#connectAll();
    if ((changed & header.COMMAND_MEMORY) === 0) return;
    const [registers = 0, table = 0] = [...this.#bars].map((bar) => (bar & ~0xf) >>> 0);
    const size = (~(this.spec.barMasks[0] ?? 0) >>> 0) + 1;
    this.windows =
      (command & header.COMMAND_MEMORY) === 0
        ? []
        : [
            { address: registers, size, device: this.#registers },
            ...(this.spec.vectors > 0 ? [{ address: table, size: TABLE_SIZE, device: this.#table }] : []),
          ];
  }

  /** Of any width: Jailhouse looks at the address alone. */
  readonly #registers: Device = {
    read: (offset) => {
      switch (offset) {
        case REG_ID:
          return this.spec.id;
        case REG_PEERS:
          return this.spec.peers;
        case REG_INTERRUPT:
          return this.#enabled ? 1 : 0;
        default:
          return offset === REG_STATE ? this.#state : 0;
      }
    },
    write: (offset, _width, value) => {
      if (offset === REG_INTERRUPT) {
        this.#enabled = (value & 1) !== 0;
        this.#connectAll();
      } else if (offset === REG_DOORBELL) this.#ring(value >>> 16, value & 0xffff);
      else if (offset === REG_STATE) this.#setState(value);
    },
  };

  #ring(target: number, vector: number): void {
    if (vector < Math.max(this.spec.vectors, 1)) this.#link.ring(target, vector, this.#host.clock.now);
  }

  /** A change is told to all other peers by their first vector. */
  #setState(state: number): void {
    this.#host.storeState(this.spec.id, state);
    if (state === this.#state) return;
    this.#state = state;
    for (let id = 0; id < this.spec.peers; id++) if (id !== this.spec.id) this.#link.ring(id, 0, this.#host.clock.now);
  }

  #connectAll(): void {
    for (let vector = 0; vector < this.spec.vectors; vector++) this.#connect(vector);
  }

  /** A vector that can be sent must lead to the cell. */
  #connect(vector: number): void {
    const isOn =
      (this.#msixControl & (MSIX_ENABLE | MSIX_MASK_ALL)) >>> 0 === MSIX_ENABLE &&
      !this.#table.isMasked(vector) &&
      (this.#command & header.COMMAND_MASTER) !== 0;
    const message = isOn ? this.#table.message(vector) : undefined;
    if (message && !this.#host.messages.isAllowed(message)) throw new Refusal();
    this.#messages[vector] = message;
  }
}

/** Of the header: what Jailhouse lets no cell write. */
function isRefused(offset: number, width: Width): boolean {
  const row = offset & ~3;
  if (row >= header.HEADER_SIZE) return row >= SIZE;
  if (row === header.INTERRUPT) return offset !== header.INTERRUPT || width !== 1;
  return row !== header.COMMAND && row !== header.CACHE_LINE && row !== header.ROM;
}
