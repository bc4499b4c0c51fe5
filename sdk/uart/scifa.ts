/** Renesas' serial interface with FIFO, kind A (RZ/G series user's manual: hardware, "SCIFA"). */
import { ascii } from "../ascii";
import * as jh from "../jh";
import * as scif from "../uart/scif-common";

export const TYPE: u32 = 7;
export const NAME: usize = ascii("SCIFA");

const SCABRR: u32 = 0x4;
const SCASCR: u32 = 0x8;
const SCASSR: u32 = 0x14;
const SCAFCR: u32 = 0x18;
const SCAFTDR: u32 = 0x20;

export function start(registers: u32, divider: u32): void {
  if (divider == 0) return;
  const control = scif.stop(registers + SCASCR);
  jh.write8(registers + SCABRR, divider);
  jh.write16(registers + SCAFCR, 0);
  scif.transmitOnly(registers + SCASCR, control);
}

export function isBusy(registers: u32): bool {
  return (jh.read16(registers + SCASSR) & scif.TDFE) == 0;
}

export function transmit(registers: u32, byte: u32): void {
  jh.write8(registers + SCAFTDR, byte);
  scif.acknowledge(registers + SCASSR);
}
