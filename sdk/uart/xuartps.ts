/** The Cadence UART of Xilinx' Zynq (UG1085, chapter 21; registers in UG1087, "UART"). Its owner has set it up. */
import { ascii } from "../ascii";
import * as jh from "../jh";

export const TYPE: u32 = 4;
export const NAME: usize = ascii("XUARTPS");

const SR: u32 = 0x2c;
const FIFO: u32 = 0x30;

const SR_TXEMPTY: u32 = 1 << 3;

export function start(_registers: u32, _divider: u32): void {}

export function isBusy(registers: u32): bool {
  return (jh.read32(registers + SR) & SR_TXEMPTY) == 0;
}

export function transmit(registers: u32, byte: u32): void {
  jh.write32(registers + FIFO, byte);
}
