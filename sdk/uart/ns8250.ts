/** 8250 and its successors (National Semiconductor NS16550A data sheet, 8.0), at I/O ports or in memory. */

import * as access from "jh-inmate/machine/uart-access";
import * as args from "../args";
import { ascii } from "../ascii";
import * as comm from "../comm-region";
import * as jh from "../jh";

export const TYPE: u32 = 2;
export const NAME: usize = ascii("8250");

const THR: u32 = 0;
const LSR: u32 = 5;
/** These two with the divisor latch open, DLAB. */
const DLL: u32 = 0;
const DLM: u32 = 1;
const LCR: u32 = 3;
/** TI's addition (AM65x TRM, 12.1.6): the UART is off until its mode is written. */
const MDR1: u32 = 8;

const LCR_8_BITS: u32 = 3;
const LCR_DLAB: u32 = 1 << 7;
const LSR_THRE: u32 = 1 << 5;

/** Flags of the comm region's console. */
const REGDIST_4: u32 = 0x2;
const MDR_QUIRK: u32 = 0x2000;

/** Registers are four bytes apart and 32 bits wide, not one and 8. */
let isWide: bool = false;

export function start(registers: u32, divider: u32): void {
  const flags = comm.consoleFlags();
  isWide = access.isMemory() && !args.bool("con-regdist-1", (flags & REGDIST_4) == 0);
  if (divider == 0) return;
  write(registers, LCR, LCR_DLAB);
  write(registers, DLL, divider & 0xff);
  write(registers, DLM, (divider >> 8) & 0xff);
  write(registers, LCR, LCR_8_BITS);
  if ((flags & MDR_QUIRK) != 0) write(registers, MDR1, 0);
}

export function isBusy(registers: u32): bool {
  return (read(registers, LSR) & LSR_THRE) == 0;
}

export function transmit(registers: u32, byte: u32): void {
  write(registers, THR, byte);
}

function read(registers: u32, index: u32): u32 {
  return isWide ? jh.read32(registers + (index << 2)) : access.read8(registers + index);
}

function write(registers: u32, index: u32, value: u32): void {
  if (isWide) jh.write32(registers + (index << 2), value);
  else access.write8(registers + index, value);
}
