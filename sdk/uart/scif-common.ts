/** What Renesas' serial interfaces with FIFO have in common: bits of the control and the status register, 16 bits each. */
import * as jh from "../jh";

const TE: u32 = 1 << 5;
const RE: u32 = 1 << 4;

/** The FIFO has room. */
export const TDFE: u32 = 1 << 5;
/** The last byte is out. */
export const TEND: u32 = 1 << 6;

/** Stops both directions: the rate may change. Gives the control register as it was. */
export function stop(control: u32): u32 {
  const before = jh.read16(control);
  jh.write16(control, before & ~(TE | RE));
  return before;
}

export function transmitOnly(control: u32, before: u32): void {
  jh.write16(control, before | TE);
}

/** The flags fall when they are read as 1 and written as 0 after a byte has gone into the FIFO. */
export function acknowledge(status: u32): void {
  jh.write16(status, jh.read16(status) & ~(TDFE | TEND));
}
