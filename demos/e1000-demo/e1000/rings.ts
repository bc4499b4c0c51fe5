/**
 * Packets come and go by rings of descriptors (Intel 317453, 3.2 and 3.3), which the controller reads and writes in the
 * cell's memory by itself. A descriptor has 16 bytes: the address of a buffer, its length, and bytes of commands and
 * status.
 */
import { atomic, cpu, dma, panic, Registers, timer } from "jh-inmate";
import * as r from "./registers";

const DESCRIPTORS: u32 = 8;
const DESCRIPTOR: u32 = 16;
const BUFFER: u32 = 2048;
/** The controller wants the length in such pieces; so it can have the beginning there, too. */
const ALIGNMENT: usize = 128;

const LENGTH: usize = 8;
const COMMAND: usize = 11;
const STATUS: usize = 12;

/** The controller takes microseconds to read a packet, if it reads at all. */
const PATIENCE: u64 = 1_000_000_000;

/** The controller has done its part. */
const DONE: u32 = 1;
/** End of packet, append the CRC, report status. */
const SEND: u32 = (1 << 0) | (1 << 1) | (1 << 3);

const OUT_OF_REACH =
  'e1000: the controller does not read its ring: the RAM of the cell needs the flag "dma", and the board an IOMMU';

/** Tells the controller of a ring without entries for it. Gives the ring. */
function open(registers: Registers, at: u32): usize {
  const size = DESCRIPTORS * DESCRIPTOR;
  const ring = (heap.alloc(size + ALIGNMENT) + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
  memory.fill(ring, 0, size);
  const address = dma.address(ring);
  registers.write32(at + r.RING_BASE_LOW, <u32>address);
  registers.write32(at + r.RING_BASE_HIGH, <u32>(address >> 32));
  registers.write32(at + r.RING_LENGTH, size);
  registers.write32(at + r.RING_HEAD, 0);
  registers.write32(at + r.RING_TAIL, 0);
  return ring;
}

/** An atomic load, as the word changes without the program's doing. */
function isDone(descriptor: usize): bool {
  return (atomic.load<u32>(descriptor + STATUS) & DONE) != 0;
}

export class Receiver {
  private readonly ring: usize;
  private readonly buffers: usize;
  private next: u32 = 0;

  /** The controller may fill all descriptors but the last: a tail at the head would mean that it has none. */
  constructor(private readonly registers: Registers) {
    const ring = open(registers, r.RECEIVE_RING);
    const buffers = heap.alloc(DESCRIPTORS * BUFFER);
    for (let i: u32 = 0; i < DESCRIPTORS; i++) store<u64>(ring + i * DESCRIPTOR, dma.address(buffers + i * BUFFER));
    this.ring = ring;
    this.buffers = buffers;
    registers.set(r.RCTL, r.RCTL_ON | r.RCTL_BROADCAST | r.RCTL_STRIP_CRC);
    registers.write32(r.RECEIVE_RING + r.RING_TAIL, DESCRIPTORS - 1);
  }

  /** The packet that has been waiting longest, until `release`; 0: there is none. */
  packet(): usize {
    return isDone(this.ring + this.next * DESCRIPTOR) ? this.buffers + this.next * BUFFER : 0;
  }

  /** Gives the packet's buffer back to the controller. */
  release(): void {
    atomic.store<u32>(this.ring + this.next * DESCRIPTOR + STATUS, 0);
    this.registers.write32(r.RECEIVE_RING + r.RING_TAIL, this.next);
    this.next = (this.next + 1) % DESCRIPTORS;
  }
}

export class Transmitter {
  private readonly ring: usize;
  private next: u32 = 0;

  constructor(private readonly registers: Registers) {
    this.ring = open(registers, r.TRANSMIT_RING);
    registers.write32(r.TIPG, r.TIPG_USUAL);
    registers.set(r.TCTL, r.TCTL_ON | r.TCTL_PAD | r.TCTL_COLLISIONS);
  }

  /** Sends a packet and waits until the controller has read it. */
  send(packet: usize, length: u32): void {
    const descriptor = this.ring + this.next * DESCRIPTOR;
    store<u64>(descriptor, dma.address(packet));
    store<u64>(descriptor + LENGTH, length);
    store<u8>(descriptor + COMMAND, <u8>SEND);
    this.next = (this.next + 1) % DESCRIPTORS;
    this.registers.write32(r.TRANSMIT_RING + r.RING_TAIL, this.next);
    const deadline = timer.after(PATIENCE);
    while (!isDone(descriptor)) {
      cpu.relax();
      if (timer.now() > deadline) panic(OUT_OF_REACH);
    }
  }
}
