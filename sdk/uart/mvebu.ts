/** The UART of Marvell's Armada 3700 (functional specification, "UART"). Its owner has set it up. */
import { ascii } from "../ascii";
import * as jh from "../jh";

export const TYPE: u32 = 5;
export const NAME: usize = ascii("MVEBU");

const TSH: u32 = 0x4;
const STAT: u32 = 0xc;

const STAT_TX_FIFO_FULL: u32 = 1 << 11;

export function start(_registers: u32, _divider: u32): void {}

export function isBusy(registers: u32): bool {
  return (jh.read32(registers + STAT) & STAT_TX_FIFO_FULL) != 0;
}

export function transmit(registers: u32, byte: u32): void {
  jh.write32(registers + TSH, byte);
}
