/** Arm PrimeCell UART PL011 (Arm DDI 0183, section 3.3). */
import { ascii } from "../ascii";
import * as jh from "../jh";

export const TYPE: u32 = 3;
export const NAME: usize = ascii("PL011");

const DR: u32 = 0x00;
const FR: u32 = 0x18;
const IBRD: u32 = 0x24;
const LCR_H: u32 = 0x2c;
const CR: u32 = 0x30;

const FR_BUSY: u32 = 1 << 3;
const FR_TXFF: u32 = 1 << 5;
const LCR_H_8_BITS: u32 = 3 << 5;
/** Out2 and Out1 (the modem lines DCD and DTR's like on some boards), transmitter on, UART on. */
const CR_ON: u32 = 0x3101;

/**
 * 8N1 without FIFOs. The divider must not change while a character is on its way (3.3.6): that is over 20 ms later at
 * 600 baud and above.
 */
export function start(registers: u32, divider: u32): void {
  if (divider == 0) return;
  jh.write16(registers + CR, 0);
  const deadline = jh.counter() + jh.counter_hz() / 50;
  while ((jh.read8(registers + FR) & FR_BUSY) != 0 && jh.counter() < deadline) jh.relax();
  jh.write16(registers + IBRD, divider);
  jh.write8(registers + LCR_H, LCR_H_8_BITS);
  jh.write16(registers + CR, CR_ON);
}

export function isBusy(registers: u32): bool {
  return (jh.read32(registers + FR) & (FR_TXFF | FR_BUSY)) != 0;
}

export function transmit(registers: u32, byte: u32): void {
  jh.write32(registers + DR, byte);
}
