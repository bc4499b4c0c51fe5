/**
 * The board's only UART, a PL011 (Arm DDI 0183, 3.3). A cell that is alone has it as it is. Several share it: then it is the monitor's, each
 * cell finds a copy that sends at once and never receives, and the host gets two bytes for each, the cell's index first.
 */
import { Access } from "./access.ts";
import { Cell, cells } from "./cell.ts";
import * as jh from "./jh.ts";
import { acquire, LOCK_CONSOLE, release } from "./lock.ts";
import { PL011 } from "./qemu/machine.ts";

const PAGE: u64 = 0x1000;
export const SIZE: u64 = PAGE;

const DR: u64 = 0x00;
const FR: u64 = 0x18;
/** Both FIFOs empty. */
const FR_IDLE: u64 = 0x90;
/** From ILPR to IMSC: baud rate, line control, control, FIFO levels, interrupt mask. They keep what is written, and do nothing. */
const KEPT: u64 = 0x20;
const KEPT_END: u64 = 0x3c;
const IDENTIFICATION: u64 = 0xfe0;

/** Cells share the UART. */
export function isShared(): bool {
  return cells.length > 1;
}

/** This physical address is the shared UART's. */
export function covers(physical: u64): bool {
  return isShared() && physical - PL011 < SIZE;
}

export function send(cell: Cell, byte: u32): void {
  if (!isShared()) return jh.device_write(PL011, byte & 0xff, 4);
  acquire(LOCK_CONSOLE);
  jh.device_write(PL011, cell.index, 4);
  jh.device_write(PL011, byte & 0xff, 4);
  release(LOCK_CONSOLE);
}

/** An access at this physical address. */
export function emulate(cell: Cell, access: Access, physical: u64): void {
  const offset = (physical - PL011) & ~3;
  if (offset >= KEPT && offset < KEPT_END) {
    const index = <u32>((offset - KEPT) >> 2);
    if (access.write) cell.uart[index] = <u32>access.value;
    else access.value = cell.uart[index];
  } else if (access.write) {
    if (offset == DR) send(cell, <u32>access.value);
  } else if (offset >= IDENTIFICATION) {
    access.value = jh.device_read(physical, 4);
  } else {
    access.value = offset == FR ? FR_IDLE : 0;
  }
}
