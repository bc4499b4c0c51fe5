/**
 * A function of the machine. The cell has its memory by memory regions; its configuration space is moderated: BARs are copies, of the header the
 * cell writes what cannot touch others, and of the capabilities those that its configuration marks. What it writes of messages is kept in copies,
 * too: the device gets those that are enabled, and they go only to the cell's CPUs.
 */
import { Access } from "../access.ts";
import { Cell } from "../cell.ts";
import * as jh from "../jh.ts";
import { acquire, LOCK_DEVICES, release } from "../lock.ts";
import { machine } from "../machine.ts";
import * as fn from "./function.ts";
import { ENTRY, MSIX_ENABLE, MSIX_MASK, MsixTable } from "./msix-table.ts";

const CAP_WRITABLE: u32 = 1;
const CAP_MSI: u32 = 5;
const CAP_MSIX: u32 = 0x11;

/** What a cell can set of command and status. */
const COMMAND_ROW: u32 = 0xffff0000 | fn.COMMAND_BITS;

/** Within the MSI capability (PCI Local Bus 3.0, 6.8.1). */
const MSI_CONTROL: u32 = 2;
const MSI_ADDRESS: u32 = 4;
const MSI_ADDRESS_HIGH: u32 = 8;
const MSI_64: u32 = 0x80;
const MSI_BITS: u32 = 0x71;
/** Of its first dword. */
const MSI_ENABLE: u32 = 1 << 16;
/** Behind the address and the data. */
const MSI_END_32: u32 = 10;
const MSI_END_64: u32 = 14;
const DATA: u32 = 0xffff;

export class PhysicalFunction extends fn.PciFunction {
  private captured: bool = false;
  /** The MSI capability's dwords, and the first of MSI-X's. */
  private readonly msi: StaticArray<u32> = new StaticArray<u32>(4);
  private msixControl: u32 = 0;
  private readonly table: MsixTable = new MsixTable();

  constructor(cell: Cell, entry: u64) {
    super(cell, entry);
    this.table.open(cell, this.msixAddress, min(this.msixVectors, this.msixSize / ENTRY));
  }

  reset(): void {
    if (!this.captured) this.capture();
    for (let i = 0; i < this.msi.length; i++) this.msi[i] = 0;
    this.msixControl = 0;
    machine.writeConfiguration(this.bdf, fn.REG_COMMAND, 2, fn.COMMAND_MEMORY);
    this.table.reset();
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
    if (offset == fn.REG_ROM) return 0;
    const cap = this.capAt(offset);
    if (cap != 0 && jh.load16(cap) == CAP_MSI) {
      const within = offset - jh.load16(cap + 2);
      if (within >= MSI_ADDRESS && within < this.msiEnd(offset - within)) return this.msi[within >> 2];
    }
    return machine.readConfiguration(this.bdf, offset, 4);
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
    acquire(LOCK_DEVICES);
    const allowed = this.table.emulate(access, this.isMsixOn);
    release(LOCK_DEVICES);
    return allowed;
  }

  private get isMsixOn(): bool {
    return (this.msixControl & (MSIX_ENABLE | MSIX_MASK)) == MSIX_ENABLE;
  }

  /** The configuration's entry of the capability there; 0: there is none. */
  private capAt(offset: u32): u64 {
    for (let i: u32 = 0; i < this.caps; i++) {
      const cap = this.cell.file.pciCap(this.capsStart + i);
      const start = jh.load16(cap + 2);
      if (offset >= start && offset - start < jh.load16(cap + 4)) return cap;
    }
    return 0;
  }

  private writeCapability(offset: u32, size: u32, value: u32): bool {
    const cap = this.capAt(offset);
    if (cap == 0 || (jh.load16(cap + 6) & CAP_WRITABLE) == 0) return false;
    const start = jh.load16(cap + 2);
    const within = offset - start;
    const id = jh.load16(cap);
    if (id == CAP_MSI && within < this.msiEnd(start)) return this.writeMsi(start, within, size, value);
    if (id == CAP_MSIX && within < 4) return this.writeMsixControl(start, within, size, value);
    return within + size <= jh.load16(cap + 4) && this.pass(offset, size, value);
  }

  private isWide(cap: u32): bool {
    return (machine.readConfiguration(this.bdf, cap + MSI_CONTROL, 2) & MSI_64) != 0;
  }

  private msiEnd(cap: u32): u32 {
    return this.isWide(cap) ? MSI_END_64 : MSI_END_32;
  }

  /** The lock is held from the look at the copies to the device, as for the IOAPIC's entries. */
  private writeMsi(cap: u32, within: u32, size: u32, value: u32): bool {
    acquire(LOCK_DEVICES);
    this.msi[within >> 2] = fn.merge(this.msi[within >> 2], within, size, value);
    const allowed = this.placeMessage(cap);
    if (allowed && within < MSI_ADDRESS)
      machine.writeConfiguration(this.bdf, cap + MSI_CONTROL, 2, (this.msi[0] >> 16) & MSI_BITS);
    release(LOCK_DEVICES);
    return allowed;
  }

  /** false: it is enabled, and could reach another cell's CPU. */
  private placeMessage(cap: u32): bool {
    if ((this.msi[0] & MSI_ENABLE) == 0) return true;
    const wide = this.isWide(cap);
    const address = ((wide ? <u64>this.msi[2] : 0) << 32) | this.msi[1];
    const data = this.msi[wide ? 3 : 2] & DATA;
    if (!machine.isMessageOf(this.cell, address, data)) return false;
    machine.writeConfiguration(this.bdf, cap + MSI_ADDRESS, 4, machine.deviceAddress(address));
    if (wide) machine.writeConfiguration(this.bdf, cap + MSI_ADDRESS_HIGH, 4, 0);
    machine.writeConfiguration(this.bdf, cap + (wide ? 12 : 8), 2, machine.deviceData(data));
    return true;
  }

  private writeMsixControl(cap: u32, within: u32, size: u32, value: u32): bool {
    acquire(LOCK_DEVICES);
    this.msixControl = fn.merge(this.msixControl, within, size, value);
    const allowed = !this.isMsixOn || this.table.placeAll();
    if (allowed) this.pass(cap + within, size, value);
    release(LOCK_DEVICES);
    return allowed;
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
