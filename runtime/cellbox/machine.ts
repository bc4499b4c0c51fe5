/** What differs between the machines that the monitor runs on. Each has a folder, whose `main.ts` makes the one object of its class. */
import { Cell, Cpu } from "./cell.ts";
import { CellFile } from "./cell-file.ts";

export abstract class Machine {
  /** Rate of `jh.counter`, Hz. */
  abstract hz(): u64;
  /** Sleeps until this CPU has something to do, or the counter reaches this. */
  abstract sleepUntil(count: u64): void;

  /** The console's line to the host. */
  abstract print(byte: u32): void;
  /** The messages' line to the host, apart from every cell's console. */
  abstract tell(byte: u32): void;
  /** The next byte from the host, or -1. */
  abstract hear(): i32;
  /** Gives fw_cfg the physical address of a request. */
  abstract requestFile(address: u64): void;
  /** QEMU ends with status 0, or 1, soon after; does not return. */
  abstract off(failed: bool): void;

  abstract makeCpu(index: u32): Cpu;
  abstract makeCell(index: u32, file: CellFile): Cell;
  /** An image lies in a region of the cell, at these cell addresses. */
  abstract loaded(cell: Cell, region: u32, start: u64, end: u64): void;
  /** The part of the comm region behind the fields that all machines have. */
  abstract fillComm(cell: Cell): void;

  /** At a start of the cell: its interrupts and devices as after a reset. */
  abstract resetShared(cell: Cell): void;
  /** Its CPUs that begin at the reset address; the others sleep on. */
  abstract begins(cell: Cell, cpu: Cpu): bool;
  /** Configuration space of the machine's own PCI functions. */
  abstract readConfiguration(bdf: u32, offset: u32, size: u32): u32;
  abstract writeConfiguration(bdf: u32, offset: u32, size: u32, value: u32): void;
  /** A message-signalled interrupt of this address and data may be set up by this cell. */
  abstract isMessageOf(cell: Cell, address: u64, data: u32): bool;
  /** What a function of the machine's own is given for it. */
  abstract deviceAddress(address: u64): u32;
  abstract deviceData(data: u32): u32;
  abstract sendMessage(cell: Cell, address: u64, data: u32): void;
  /** An interrupt of a PCI function without messages, on pin 1 (INTA) to 4. */
  abstract raisePin(cell: Cell, pin: u32): void;

  /** A hypercall that only this machine may have. */
  abstract call(cpu: Cpu, cell: Cell, code: u64, arg1: u64, arg2: u64): i64;
  /** Makes another CPU look at its `command`. */
  abstract kick(cpu: Cpu): void;
}

/** The one that this is. */
export let machine: Machine = changetype<Machine>(0);

export function use(which: Machine): void {
  machine = which;
}
