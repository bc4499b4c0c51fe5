/** QEMU's virt machine. */
import { Cell, Cpu } from "../cell.ts";
import { CellFile } from "../cell-file.ts";
import { ENOSYS } from "../hypercall.ts";
import * as jh from "../jh.ts";
import { Machine } from "../machine.ts";
import * as run from "../run.ts";
import { ArmCell, ArmCpu } from "./cells.ts";
import * as commFields from "./comm-fields.ts";
import { gic, ownsSpi, raiseSpi, resetShared, SPIS } from "./gic.ts";
import * as rt from "./rt/hypercalls.ts";
import { lowerShared } from "./rt/priorities.ts";
import * as timer from "./timer.ts";
import { FW_CFG_DMA, PL011 } from "./virt/machine.ts";
import * as power from "./virt/power.ts";
import * as serial from "./virt/serial.ts";
import { replaceIn } from "./wait-event.ts";

export class VirtMachine extends Machine {
  hz(): u64 {
    return jh.counter_hz();
  }
  sleepUntil(count: u64): void {
    timer.sleepUntil(count);
  }
  print(byte: u32): void {
    jh.device_write(PL011, byte, 4);
  }
  tell(byte: u32): void {
    serial.send(byte);
  }
  hear(): i32 {
    return serial.receive();
  }
  /** The write of the low half of the address starts the request; all is big-endian. */
  requestFile(address: u64): void {
    jh.device_write(FW_CFG_DMA, bswap(address), 8);
  }
  off(failed: bool): void {
    power.off(failed);
  }
  makeCpu(index: u32): Cpu {
    return new ArmCpu(index);
  }
  makeCell(index: u32, file: CellFile): Cell {
    return new ArmCell(index, file);
  }
  loaded(cell: Cell, region: u32, start: u64, end: u64): void {
    replaceIn(cell.file, region, start, end);
  }
  fillComm(cell: Cell): void {
    commFields.fill(cell);
  }
  resetShared(cell: Cell): void {
    resetShared(changetype<ArmCell>(cell));
    if (run.isRt()) lowerShared(changetype<ArmCell>(cell));
  }
  /** No cell has a function of QEMU's own. */
  readConfiguration(_bdf: u32, _offset: u32, size: u32): u32 {
    return u32.MAX_VALUE >> (32 - 8 * size);
  }
  writeConfiguration(_bdf: u32, _offset: u32, _size: u32, _value: u32): void {}
  isMessageOf(cell: Cell, _address: u64, data: u32): bool {
    return ownsSpi(changetype<ArmCell>(cell), data);
  }
  deviceAddress(address: u64): u32 {
    return <u32>address;
  }
  deviceData(data: u32): u32 {
    return data;
  }
  /** The data is the interrupt's ID (jailhouse-abi 4.7). */
  sendMessage(cell: Cell, _address: u64, data: u32): void {
    raiseSpi(changetype<ArmCell>(cell), data);
  }
  raisePin(cell: Cell, pin: u32): void {
    raiseSpi(changetype<ArmCell>(cell), SPIS + cell.file.vpciIrqBase + pin - 1);
  }
  /** The lowest; the program starts the others by PSCI. */
  begins(cell: Cell, cpu: Cpu): bool {
    return cpu.cell == cell && cpu.index == cell.firstCpu;
  }
  call(cpu: Cpu, cell: Cell, code: u64, arg1: u64, arg2: u64): i64 {
    return run.isRt() ? rt.call(changetype<ArmCpu>(cpu), changetype<ArmCell>(cell), code, arg1, arg2) : ENOSYS;
  }
  kick(cpu: Cpu): void {
    gic.kick(changetype<ArmCpu>(cpu));
  }
}
