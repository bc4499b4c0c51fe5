/**
 * A function of the machine. The cell has its memory by memory regions; its configuration space is moderated: BARs are copies, of the header the
 * cell writes what cannot touch others, and of the capabilities those that its configuration marks. Interrupts go only to the cell's CPUs.
 */
import { Access } from "../access.ts";
import * as jh from "../jh.ts";
import { machine } from "../machine.ts";
import * as fn from "./function.ts";

const CAP_WRITABLE: u32 = 1;
const CAP_MSI: u32 = 5;
const CAP_MSIX: u32 = 0x11;

/** What a cell can set of command and status. */
const COMMAND_ROW: u32 = 0xffff0000 | fn.COMMAND_BITS;

/** Within the MSI capability (PCI Local Bus 3.0, 6.8.1). */
const MSI_ADDRESS: u32 = 4;
const MSI_ADDRESS_HIGH: u32 = 8;
const MSI_64: u32 = 0x80;
const MSI_BITS: u32 = 0x71;
const MSIX_ENTRY: u64 = 16;
/** Fixed delivery of this vector. */
const VECTOR: u32 = 0xff;

export class PhysicalFunction extends fn.PciFunction {
  private captured: bool = false;

  reset(): void {
    if (!this.captured) this.capture();
    machine.writeConfiguration(this.bdf, fn.REG_COMMAND, 2, fn.COMMAND_NO_PIN);
    const file = this.cell.file;
    for (let i: u32 = 0; i < this.caps; i++) {
      const cap = file.pciCap(this.capsStart + i);
      const id = jh.load16(cap);
      if (id == CAP_MSI || id == CAP_MSIX) machine.writeConfiguration(this.bdf, jh.load16(cap + 2) + 2, 2, 0);
    }
  }

  /** BARs that the cell cannot move show where they are. */
  private capture(): void {
    this.captured = true;
    for (let i: u32 = 0; i < fn.BARS; i++) this.bars[i] = machine.readConfiguration(this.bdf, fn.REG_BAR_0 + 4 * i, 4);
  }

  read(offset: u32): u32 {
    const bar = (offset - fn.REG_BAR_0) >> 2;
    if (offset >= fn.REG_BAR_0 && bar < fn.BARS) return this.bars[bar];
    return offset == fn.REG_ROM ? 0 : machine.readConfiguration(this.bdf, offset, 4);
  }

  write(offset: u32, size: u32, value: u32): bool {
    const row = offset & ~3;
    const bar = (row - fn.REG_BAR_0) >> 2;
    if (row >= fn.REG_BAR_0 && bar < fn.BARS) {
      this.writeBar(bar, offset, size, value);
      return true;
    }
    if (row >= fn.HEADER_SIZE) return this.writeCapability(offset, size, value);
    if (fn.isRefused(offset, size)) return false;
    if (row == fn.REG_ROM) return true;
    const bits = row == fn.REG_COMMAND ? COMMAND_ROW >> (8 * (offset & 3)) : u32.MAX_VALUE;
    return this.pass(offset, size, value & bits);
  }

  /** MSI-X's table, which no memory region contains. */
  covers(address: u64): bool {
    return this.msixVectors > 0 && address - this.msixAddress < this.msixSize;
  }

  emulate(access: Access): bool {
    const entry = (access.address - this.msixAddress) / MSIX_ENTRY;
    const field = access.address & (MSIX_ENTRY - 1);
    if (access.size != 4 || entry >= this.msixVectors) return !access.write;
    if (access.write) {
      const value = <u32>access.value;
      if (field == 0 && value != 0 && !machine.isMessageOf(this.cell, value, 0)) return false;
      if ((field == 4 && value != 0) || (field == 8 && (value & ~VECTOR) != 0)) return false;
      jh.device_write(access.address, access.value, 4);
    } else access.value = jh.device_read(access.address, 4);
    return true;
  }

  private writeCapability(offset: u32, size: u32, value: u32): bool {
    const file = this.cell.file;
    for (let i: u32 = 0; i < this.caps; i++) {
      const cap = file.pciCap(this.capsStart + i);
      const within = offset - jh.load16(cap + 2);
      if (offset < jh.load16(cap + 2) || within + size > jh.load16(cap + 4)) continue;
      if ((jh.load16(cap + 6) & CAP_WRITABLE) == 0) return false;
      return jh.load16(cap) == CAP_MSI
        ? this.writeMsi(offset - within, within, size, value)
        : this.pass(offset, size, value);
    }
    return false;
  }

  /** A message that could reach another cell's CPU is refused as it is written. */
  private writeMsi(cap: u32, within: u32, size: u32, value: u32): bool {
    const wide = (machine.readConfiguration(this.bdf, cap + 2, 2) & MSI_64) != 0;
    const dataAt: u32 = wide ? 12 : 8;
    if (within < MSI_ADDRESS) {
      if (within == 2 && size == 2) return this.pass(cap + 2, 2, value & MSI_BITS);
      return within == 0 && size == 4 && this.pass(cap + 2, 2, (value >> 16) & MSI_BITS);
    }
    if (within == MSI_ADDRESS) {
      if (size != 4 || (value != 0 && !machine.isMessageOf(this.cell, value, 0))) return false;
      return this.pass(cap + within, size, value);
    }
    if (wide && within == MSI_ADDRESS_HIGH) return size == 4 && value == 0 && this.pass(cap + within, size, 0);
    if (within == dataAt) return (value & 0xff00) == 0 && this.pass(cap + within, size, value & VECTOR);
    return within > dataAt && this.pass(cap + within, size, value);
  }

  /** QEMU's configuration space takes no word across two. */
  private pass(offset: u32, size: u32, value: u32): bool {
    if ((offset & (size - 1)) == 0) machine.writeConfiguration(this.bdf, offset, size, value);
    else
      for (let i: u32 = 0; i < size; i++)
        machine.writeConfiguration(this.bdf, offset + i, 1, (value >> (8 * i)) & 0xff);
    return true;
  }
}
