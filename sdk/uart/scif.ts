/** Renesas' serial interface with FIFO (RZ/G series user's manual: hardware, "SCIF"). Its owner has set it up. */
import { ascii } from "../ascii";
import * as jh from "../jh";
import * as scif from "../uart/scif-common";

export const TYPE: u32 = 10;
export const NAME: usize = ascii("SCIF");

const SCFTDR: u32 = 0xc;
const SCFSR: u32 = 0x10;

export function start(_registers: u32, _divider: u32): void {}

export function isBusy(registers: u32): bool {
  return (jh.read16(registers + SCFSR) & (scif.TDFE | scif.TEND)) == 0;
}

export function transmit(registers: u32, byte: u32): void {
  jh.write8(registers + SCFTDR, byte);
  scif.acknowledge(registers + SCFSR);
}
