/**
 * An ivshmem device, version 2 (jailhouse-abi 4.7): shared memory, which the cell has by its memory regions, a state for each peer, and interrupts
 * among them. Functions of cells with the same bus, device and function are on one link.
 */
import { Access } from "../access.ts";
import { cells } from "../cell.ts";
import * as jh from "../jh.ts";
import { acquire, LOCK_DEVICES, release } from "../lock.ts";
import { machine } from "../machine.ts";
import * as fn from "./function.ts";

const VENDOR_DEVICE: u32 = 0x4106110a;
const STATUS_CAPABILITIES: u32 = 0x00100000;
const CLASS: u32 = 0xff000000;

const CAP_VENDOR: u32 = 0x40;
const CAP_VENDOR_HEADER: u32 = 0x00200009;
const ONE_SHOT: u32 = 0x01000000;
const CAP_MSIX: u32 = 0x60;
const CAP_MSIX_ID: u32 = 0x11;
const MSIX_TABLE: u32 = 1;
const MSIX_PENDING: u32 = 0x101;
const MSIX_ENABLE: u32 = 0x80000000;
const MSIX_MASK: u32 = 0x40000000;
const SIZE: u32 = 0x80;

/** Registers in BAR 0. */
const REG_ID: u64 = 0;
const REG_PEERS: u64 = 4;
const REG_INTERRUPT: u64 = 8;
const REG_DOORBELL: u64 = 0xc;
const REG_STATE: u64 = 0x10;

const ENTRY: u32 = 16;
const MOST_VECTORS: u32 = 16;
const TABLE_WORDS: u32 = MOST_VECTORS * 4;
const ENTRY_MASKED: u32 = 1;

export class Ivshmem extends fn.PciFunction {
  private command: u32 = 0;
  private oneShot: bool = false;
  private enabled: bool = false;
  /** Upper half of the MSI-X capability's first word: enable and mask. */
  private messages: u32 = 0;
  /** Four words an entry: address, its upper half, data, mask. */
  private readonly table: StaticArray<u32> = new StaticArray<u32>(TABLE_WORDS);

  reset(): void {
    this.setState(0);
    this.command = 0;
    this.oneShot = false;
    this.enabled = false;
    this.messages = 0;
    for (let i: u32 = 0; i < fn.BARS; i++) this.bars[i] = 0;
    for (let i: u32 = 0; i < TABLE_WORDS; i++) this.table[i] = (i & 3) == 3 ? ENTRY_MASKED : 0;
  }

  read(offset: u32): u32 {
    const bar = (offset - fn.REG_BAR_0) >> 2;
    if (offset >= fn.REG_BAR_0 && bar < fn.BARS) return this.bars[bar];
    const file = this.cell.file;
    const first = this.shmemRegions;
    switch (offset) {
      case 0:
      case fn.REG_SUBSYSTEM:
        return VENDOR_DEVICE;
      case fn.REG_COMMAND:
        return STATUS_CAPABILITIES | this.command;
      case fn.REG_CLASS:
        return CLASS | (this.shmemProtocol << 8);
      case fn.REG_CAPABILITIES:
        return CAP_VENDOR;
      case fn.REG_INTERRUPT:
        return this.pin << 8;
      case CAP_VENDOR:
        return CAP_VENDOR_HEADER | (this.msixVectors > 0 ? CAP_MSIX << 8 : 0) | (this.oneShot ? ONE_SHOT : 0);
      case CAP_VENDOR + 4:
        return <u32>file.regionSize(first);
      case CAP_VENDOR + 8:
        return <u32>file.regionSize(first + 1);
      case CAP_VENDOR + 0xc:
        return <u32>(file.regionSize(first + 1) >> 32);
      case CAP_VENDOR + 0x10:
        return <u32>file.regionSize(first + 2);
      case CAP_VENDOR + 0x14:
        return <u32>(file.regionSize(first + 2) >> 32);
      case CAP_VENDOR + 0x18:
        return <u32>file.regionAddress(first);
      case CAP_VENDOR + 0x1c:
        return <u32>(file.regionAddress(first) >> 32);
      default:
        return offset < SIZE ? this.messageWord(offset - CAP_MSIX) : u32.MAX_VALUE;
    }
  }

  /** What is not listed here is taken and forgotten, up to the end of what is implemented. */
  write(offset: u32, size: u32, value: u32): bool {
    const row = offset & ~3;
    const bar = (row - fn.REG_BAR_0) >> 2;
    if (row >= fn.REG_BAR_0 && bar < fn.BARS) {
      this.writeBar(bar, offset, size, value);
      return true;
    }
    if (row >= SIZE || (row < fn.HEADER_SIZE && fn.isRefused(offset, size))) return false;
    const word = fn.merge(this.read(row), offset, size, value);
    if (row == CAP_VENDOR) this.oneShot = (word & ONE_SHOT) != 0;
    else if (row == fn.REG_COMMAND) this.command = word & fn.COMMAND_BITS & ~fn.COMMAND_PORTS;
    else if (row == CAP_MSIX) this.messages = word & (MSIX_ENABLE | MSIX_MASK);
    return this.areAllOwn();
  }

  covers(address: u64): bool {
    return this.barAt(address) != fn.NO_BAR;
  }

  /** Of any width: real Jailhouse looks at the address alone. */
  emulate(access: Access): bool {
    const bar = this.barAt(access.address);
    if (bar == fn.NO_BAR) return false;
    const offset = access.address - (this.bars[bar] & this.barMask(bar));
    return bar == 0 ? this.register(access, offset) : this.entryOf(access, <u32>offset);
  }

  /** Vector `vector` of this function, as its cell has set it up. */
  interrupt(vector: u32): void {
    if (!this.enabled) return;
    if (this.oneShot) this.enabled = false;
    if (this.msixVectors == 0) {
      if (vector == 0 && (this.command & fn.COMMAND_NO_PIN) == 0) machine.raisePin(this.cell, this.pin);
    } else if (vector < this.vectors && this.isOn(vector)) {
      machine.sendMessage(this.cell, this.addressOf(vector), this.table[4 * vector + 2]);
    }
  }

  private get vectors(): u32 {
    return min(this.msixVectors, MOST_VECTORS);
  }

  private isOn(vector: u32): bool {
    const isEnabled = (this.messages & (MSIX_ENABLE | MSIX_MASK)) == MSIX_ENABLE;
    return isEnabled && (this.command & fn.COMMAND_MASTER) != 0 && (this.table[4 * vector + 3] & ENTRY_MASKED) == 0;
  }

  private addressOf(vector: u32): u64 {
    return ((<u64>this.table[4 * vector + 1]) << 32) | this.table[4 * vector];
  }

  /** A vector that can be sent must lead to the cell. */
  private isOwn(vector: u32): bool {
    return !this.isOn(vector) || machine.isMessageOf(this.cell, this.addressOf(vector), this.table[4 * vector + 2]);
  }

  private areAllOwn(): bool {
    for (let vector: u32 = 0; vector < this.vectors; vector++) if (!this.isOwn(vector)) return false;
    return true;
  }

  /** INTA to INTD, by the device's number; 0: it has messages. */
  private get pin(): u32 {
    return this.msixVectors > 0 ? 0 : ((this.bdf >> 3) & 3) + 1;
  }

  private messageWord(offset: u32): u32 {
    if (offset == 0) return this.messages | ((max(this.msixVectors, 1) - 1) << 16) | CAP_MSIX_ID;
    return offset == 4 ? MSIX_TABLE : offset == 8 ? MSIX_PENDING : 0;
  }

  private barAt(address: u64): i32 {
    if ((this.command & fn.COMMAND_MEMORY) == 0) return fn.NO_BAR;
    for (let i: u32 = 0; i < 2; i++) {
      const mask = this.barMask(i);
      if (mask != 0 && address >> 32 == 0 && (<u32>address & mask) == (this.bars[i] & mask)) return i;
    }
    return fn.NO_BAR;
  }

  private register(access: Access, offset: u64): bool {
    if (!access.write) {
      if (offset == REG_ID) access.value = this.shmemId;
      else if (offset == REG_PEERS) access.value = this.shmemPeers;
      else if (offset == REG_INTERRUPT) access.value = this.enabled ? 1 : 0;
      else access.value = offset == REG_STATE ? jh.load32(this.statePlace) : 0;
      return true;
    }
    const value = <u32>access.value;
    if (offset == REG_INTERRUPT) this.enabled = (value & 1) != 0;
    else if (offset == REG_STATE) this.setState(value);
    // All peers have as many vectors as this one.
    else if (offset == REG_DOORBELL && (value & 0xffff) < max(this.msixVectors, 1))
      this.ring(value >> 16, value & 0xffff);
    return true;
  }

  /** MSI-X's table, at dwords; the bits that wait behind it are always 0. */
  private entryOf(access: Access, offset: u32): bool {
    if ((offset & 3) != 0) return false;
    if (offset >= ENTRY * MOST_VECTORS) {
      access.value = 0;
      return !access.write;
    }
    const vector = offset / ENTRY;
    if (vector >= this.vectors) return false;
    if (access.write) {
      this.table[offset >> 2] = <u32>access.value;
      return this.isOwn(vector);
    }
    access.value = this.table[offset >> 2];
    return true;
  }

  private get statePlace(): u64 {
    return this.cell.file.regionPhysical(this.shmemRegions) + 4 * this.shmemId;
  }

  /** A change is told to all other peers by their first vector. */
  private setState(value: u32): void {
    acquire(LOCK_DEVICES);
    const place = this.statePlace;
    const changed = jh.load32(place) != value;
    jh.store32(place, value);
    jh.barrier();
    release(LOCK_DEVICES);
    if (!changed) return;
    for (let id: u32 = 0; id < this.shmemPeers; id++) if (id != this.shmemId) this.ring(id, 0);
  }

  /** Whom nobody is, is not rung. */
  private ring(target: u32, vector: u32): void {
    for (let i = 0; i < cells.length; i++) {
      const functions = cells[i].functions;
      for (let n = 0; n < functions.length; n++) {
        const other = functions[n];
        if (other.type != fn.TYPE_IVSHMEM || other.bdf != this.bdf || other.shmemId != target) continue;
        changetype<Ivshmem>(other).interrupt(vector);
      }
    }
  }
}
