/** Renesas' high-speed serial interface with FIFO (RZ/G series user's manual: hardware, "HSCIF"). */
import { ascii } from "../ascii";
import * as jh from "../jh";
import * as scif from "../uart/scif-common";

export const TYPE: u32 = 6;
export const NAME: usize = ascii("HSCIF");

const HSBRR: u32 = 0x4;
const HSSCR: u32 = 0x8;
const HSFTDR: u32 = 0xc;
const HSFSR: u32 = 0x10;
const HSTTRGR: u32 = 0x58;

/** TDFE is set while at most so many bytes wait. */
const TRIGGER: u32 = 64;

export function start(registers: u32, divider: u32): void {
  if (divider == 0) return;
  const control = scif.stop(registers + HSSCR);
  jh.write8(registers + HSBRR, divider);
  jh.write16(registers + HSTTRGR, TRIGGER);
  scif.transmitOnly(registers + HSSCR, control);
}

export function isBusy(registers: u32): bool {
  return (jh.read16(registers + HSFSR) & scif.TDFE) == 0;
}

export function transmit(registers: u32, byte: u32): void {
  jh.write8(registers + HSFTDR, byte);
  scif.acknowledge(registers + HSFSR);
}
