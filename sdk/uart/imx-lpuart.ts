/** The low-power UART of NXP's i.MX (i.MX 8QuadMax reference manual, "LPUART"). Its owner has set it up. */
import { ascii } from "../ascii";
import * as jh from "../jh";

export const TYPE: u32 = 9;
export const NAME: usize = ascii("IMX-LPUART");

const STAT: u32 = 0x14;
const DATA: u32 = 0x1c;

const STAT_TDRE: u32 = 1 << 23;

export function start(_registers: u32, _divider: u32): void {}

export function isBusy(registers: u32): bool {
  return (jh.read32(registers + STAT) & STAT_TDRE) == 0;
}

export function transmit(registers: u32, byte: u32): void {
  jh.write32(registers + DATA, byte);
}
