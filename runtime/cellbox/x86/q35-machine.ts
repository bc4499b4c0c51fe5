/** QEMU's q35 machine. */
import { Cell, Cpu } from "../cell.ts";
import { CellFile } from "../cell-file.ts";
import { ENOSYS } from "../hypercall.ts";
import * as jh from "../jh.ts";
import { Machine } from "../machine.ts";
import { PcCell, PcCpu } from "./cells.ts";
import * as clock from "./clock.ts";
import * as commFields from "./comm-fields.ts";
import * as ioapic from "./ioapic.ts";
import * as ipi from "./ipi.ts";
import * as localApic from "./local-apic.ts";
import * as messages from "./messages.ts";
import * as pci from "./pci-hardware.ts";
import * as power from "./power.ts";
import { PORT_COMMANDS, PORT_CONSOLE, PORT_FW_CFG_DMA, PORT_MESSAGES } from "./q35.ts";

/** Of a 16550: line status, data ready, transmitter empty. */
const LINE_STATUS: u32 = 5;
const READY: u32 = 1;
const EMPTY: u32 = 0x20;
/** The APIC's timer counts nanoseconds (hw/intc/apic.c of QEMU). */
const APIC_KHZ: u64 = 1000000;
const LONGEST_ALARM: u64 = 0x7fffffff;

export class Q35Machine extends Machine {
  hz(): u64 {
    return clock.tscKhz() * 1000;
  }
  /** The timer of a cell's CPU is the cell's: there it only spins. */
  sleepUntil(count: u64): void {
    const now = jh.counter();
    if (count <= now) return;
    if (localApic.read(localApic.REG_ID) != 0) return jh.relax();
    localApic.alarm(<u32>min(max(((count - now) * APIC_KHZ) / clock.tscKhz(), 1), LONGEST_ALARM));
    jh.wait_interrupt();
  }
  print(byte: u32): void {
    while ((jh.in8(PORT_CONSOLE + LINE_STATUS) & EMPTY) == 0) jh.relax();
    jh.out8(PORT_CONSOLE, byte);
  }
  tell(byte: u32): void {
    jh.out8(PORT_MESSAGES, byte);
  }
  hear(): i32 {
    if ((jh.in8(PORT_COMMANDS + LINE_STATUS) & READY) == 0) return -1;
    return jh.in8(PORT_COMMANDS);
  }
  /** The write of the low half starts the request. */
  requestFile(address: u64): void {
    jh.out32(PORT_FW_CFG_DMA, bswap(<u32>(address >> 32)));
    jh.out32(PORT_FW_CFG_DMA + 4, bswap(<u32>address));
  }
  off(failed: bool): void {
    power.off(failed);
  }
  makeCpu(index: u32): Cpu {
    return new PcCpu(index);
  }
  makeCell(index: u32, file: CellFile): Cell {
    return new PcCell(index, file);
  }
  loaded(_cell: Cell, _region: u32, _start: u64, _end: u64): void {}
  fillComm(cell: Cell): void {
    commFields.fill(cell);
  }
  resetShared(cell: Cell): void {
    const pc = changetype<PcCell>(cell);
    ioapic.silence(pc);
    pc.ioapicIndex = 0;
    pc.pciAddress = 0;
    for (let i = 0; i < pc.uarts.length; i++) pc.uarts[i] = 0;
  }
  readConfiguration(bdf: u32, offset: u32, size: u32): u32 {
    return pci.read(bdf, offset, size);
  }
  writeConfiguration(bdf: u32, offset: u32, size: u32, value: u32): void {
    pci.write(bdf, offset, size, value);
  }
  isMessageOf(cell: Cell, address: u64, data: u32): bool {
    return messages.isOf(cell, address, data);
  }
  deviceAddress(address: u64): u32 {
    return messages.deviceAddress(address);
  }
  deviceData(data: u32): u32 {
    return messages.deviceData(data);
  }
  /** Looked at again, as a CPU may be about to change it. */
  sendMessage(cell: Cell, address: u64, data: u32): void {
    if (messages.isOf(cell, address, data)) messages.send(address, data);
  }
  /** No x86 board connects one. */
  raisePin(_cell: Cell, _pin: u32): void {}
  /** All at once. */
  begins(cell: Cell, cpu: Cpu): bool {
    return cpu.cell == cell;
  }
  /** The real-time fork is for arm64. */
  call(_cpu: Cpu, _cell: Cell, _code: u64, _arg1: u64, _arg2: u64): i64 {
    return ENOSYS;
  }
  kick(cpu: Cpu): void {
    ipi.kick(changetype<PcCpu>(cpu));
  }
}
