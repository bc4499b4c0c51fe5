/**
 * LINFlexD of NXP's S32V234 in UART mode (S32V234 reference manual, "LINFlexD"), in the configurations of the real-time
 * fork. Its owner has set it up, with the FIFO or with a buffer of one byte.
 */
import { ascii } from "../ascii";
import * as jh from "../jh";

export const TYPE: u32 = 9;
export const NAME: usize = ascii("S32-LINFLEX");

const UARTCR: u32 = 0x10;
const UARTSR: u32 = 0x14;
const BDRL: u32 = 0x38;

/** Transmission by the FIFO. */
const UARTCR_TFBM: u32 = 1 << 8;
/** With the FIFO: it is full. Without: the byte is out; cleared by writing it. */
const UARTSR_DTFTFF: u32 = 1 << 1;

/** Without the FIFO: a byte of ours is on its way. The flag alone does not tell: after a reset it is clear too. */
let isSending: bool = false;

export function start(_registers: u32, _divider: u32): void {}

export function isBusy(registers: u32): bool {
  const flag = jh.read32(registers + UARTSR) & UARTSR_DTFTFF;
  if ((jh.read32(registers + UARTCR) & UARTCR_TFBM) != 0) return flag != 0;
  if (!isSending) return false;
  if (flag == 0) return true;
  jh.write32(registers + UARTSR, UARTSR_DTFTFF);
  isSending = false;
  return false;
}

export function transmit(registers: u32, byte: u32): void {
  jh.write32(registers + BDRL, byte);
  isSending = true;
}
