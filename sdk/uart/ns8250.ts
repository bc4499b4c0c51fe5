/** 8250 and its successors (National Semiconductor NS16550A data sheet, 8.0), by I/O ports. */
import * as jh from "../jh";

const THR: u32 = 0;
const LSR: u32 = 5;
const LSR_THRE: u32 = 1 << 5;

export function start(registers: u32, divider: u32): void {}

export function isBusy(registers: u32): bool {
  return (jh.in8(registers + LSR) & LSR_THRE) == 0;
}

export function transmit(registers: u32, byte: u32): void {
  jh.out8(registers + THR, byte);
}
