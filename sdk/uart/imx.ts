/** The UART of NXP's i.MX (i.MX 8M Mini reference manual, 16.2). Its owner has set it up. */
import { ascii } from "../ascii";
import * as jh from "../jh";

export const TYPE: u32 = 8;
export const NAME: usize = ascii("IMX");

const UTXD: u32 = 0x40;
const UCR1: u32 = 0x80;
const UTS: u32 = 0xb4;

const UCR1_UARTEN: u32 = 1 << 0;
const UTS_TXEMPTY: u32 = 1 << 6;

export function start(_registers: u32, _divider: u32): void {}

export function isBusy(registers: u32): bool {
  return (jh.read32(registers + UTS) & UTS_TXEMPTY) == 0;
}

/** A write to a UART that is switched off is a bus error. */
export function transmit(registers: u32, byte: u32): void {
  if ((jh.read32(registers + UCR1) & UCR1_UARTEN) != 0) jh.write32(registers + UTXD, byte);
}
