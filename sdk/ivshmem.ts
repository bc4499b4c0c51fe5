/**
 * Shared memory between cells (Jailhouse's ivshmem, version 2): a PCI device with a page of registers, and sections of
 * memory behind each other: the state table (a number a peer), one that every peer may write, and one a peer that it
 * alone may write. Peers ring each other's doorbell.
 */
import { panic } from "./fault";
import * as jh from "./jh";
import { Registers } from "./mmio";
import * as pci from "./pci";
import { map as mapRam, Window } from "./ram";

export const VENDOR_ID: u32 = 0x110a;
export const DEVICE_ID: u32 = 0x4106;

/** `Link.protocol`: none, or one of the user's. */
export const UNDEFINED: u32 = 0;
/** A virtual Ethernet cable. */
export const VETH: u32 = 1;
/** With a virtio device type in the low bits: its driver's side, and its device's. */
export const VIRTIO_FRONT_END: u32 = 0x8000;
export const VIRTIO_BACK_END: u32 = 0xc000;

/** Class 0xff, then the protocol. */
const PROTOCOL: u32 = 0xffff;

/** The vendor's capability. */
const ONE_SHOT: u32 = 3;
const STATE_SIZE: u32 = 4;
const COMMON_SIZE: u32 = 8;
const OUTPUT_SIZE: u32 = 16;
const BASE: u32 = 24;

/** Registers. */
const ID: u32 = 0x0;
const PEERS: u32 = 0x4;
const INTERRUPTS: u32 = 0x8;
const DOORBELL: u32 = 0xc;
const STATE: u32 = 0x10;
const REGISTERS_SIZE: u64 = 0x14;

/** The first BAR without an address comes here, as in the stock demo, the others behind it. */
let nextBar: u64 = 0xff000000;

/** Opens the first device that the cell has; null: there is none. Allocates. */
export function open(): Link | null {
  const device = pci.find(VENDOR_ID, DEVICE_ID);
  return device == null ? null : new Link(device);
}

/** A device and what is behind it. Made at top level; handlers may use it. */
export class Link {
  /** The cell's number among the peers. */
  readonly id: u32;
  /** How many peers there can be; those with state 0 are not there. */
  readonly peers: u32;
  /** MSI-X vectors; 0: the device has its pin, which is vector 0. */
  readonly vectors: u32;
  /** The state table: read only. */
  readonly states: Window;
  /** The section that all peers may write; its size may be 0. */
  readonly common: Window;
  /** Where the state table is, and the other sections behind it. */
  readonly base: u64;
  readonly outputSize: u64;
  /** The output sections of all peers, behind each other. */
  readonly outputs: Window;
  private readonly registers: Registers;
  private readonly capability: u32;

  constructor(readonly device: pci.Device) {
    const at = device.capability(pci.CAP_VENDOR);
    if (at == 0) panic("ivshmem: the device has no capability that tells of its memory: it is version 1");
    this.capability = at;
    for (let bar: u32 = 0; bar < 2; bar++) place(device, bar);
    device.enable(pci.MEMORY | pci.MASTER);
    const registers = device.map(0, REGISTERS_SIZE);
    const peers = registers.read32(PEERS);
    this.registers = registers;
    this.id = registers.read32(ID);
    this.peers = peers;
    this.vectors = device.msixCount;

    const stateSize: u64 = device.read32(at + STATE_SIZE);
    const commonSize = read64(device, at + COMMON_SIZE);
    const outputSize = read64(device, at + OUTPUT_SIZE);
    const outputsSize = outputSize * peers;
    const base = read64(device, at + BASE);
    const mapped = mapRam(base, stateSize + commonSize + outputsSize).base;
    this.base = base;
    this.outputSize = outputSize;
    this.states = new Window(mapped, stateSize);
    this.common = new Window(mapped + stateSize, commonSize);
    this.outputs = new Window(mapped + stateSize + commonSize, outputsSize);
  }

  /** What the peers have agreed to speak: a number of 16 bits, `UNDEFINED`, `VETH` and so on. */
  get protocol(): u32 {
    return this.device.classCode & PROTOCOL;
  }

  /** The section that this peer alone writes. Allocates. */
  output(peer: u32): Window {
    if (peer >= this.peers) panic(`ivshmem: no peer ${peer}: there are 0 to ${this.peers - 1}`);
    return new Window(this.outputs.base + peer * this.outputSize, this.outputSize);
  }

  /** State of a peer. What it stored before it changed the state is visible afterwards. */
  state(peer: u32): u32 {
    const value = this.states.load32(peer << 2);
    jh.barrier();
    return value;
  }
  /** Sets the own state and, if that changes it, rings vector 0 of all other peers. 0: this peer is not there. */
  setState(value: u32): void {
    jh.barrier_device();
    this.registers.write32(STATE, value);
  }

  /** Rings a peer's doorbell. What was stored before is visible to it then. Nothing happens if it or the vector is not there. */
  ring(peer: u32, vector: u32 = 0): void {
    jh.barrier_device();
    this.registers.write32(DOORBELL, (peer << 16) | (vector & 0xffff));
  }

  /**
   * From now on peers that ring `vector` raise interrupt `irq` here, once `enable` is called. With a pin both are given:
   * vector 0 and interrupt `line()`.
   */
  connect(vector: u32, irq: u32): void {
    if (this.vectors != 0) this.device.msix(vector, irq);
    else if (vector != 0 || irq != this.line())
      panic(`ivshmem: the device has a pin: vector 0, interrupt ${this.line()}`);
  }
  /** Interrupt of the device's pin; 0 if it has none. */
  line(): u32 {
    return this.device.intx();
  }

  /** Lets interrupts of the device through. */
  enable(): void {
    this.registers.write32(INTERRUPTS, 1);
  }
  disable(): void {
    this.registers.write32(INTERRUPTS, 0);
  }
  /** In one-shot mode each interrupt switches further ones off, until the next `enable`. */
  setOneShot(on: bool): void {
    this.device.write8(this.capability + ONE_SHOT, on ? 1 : 0);
  }
}

/** Gives a BAR an address, unless it has one. */
function place(device: pci.Device, bar: u32): void {
  const size = device.barSize(bar);
  if (size == 0 || device.bar(bar) != 0) return;
  nextBar = (nextBar + size - 1) & -size;
  device.setBar(bar, nextBar);
  nextBar += size;
}

function read64(device: pci.Device, offset: u32): u64 {
  return device.read32(offset) | ((<u64>device.read32(offset + 4)) << 32);
}
