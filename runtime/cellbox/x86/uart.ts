/**
 * COM1 and COM2, 8250s (National Semiconductor PC16550D datasheet, 8). A cell that is alone has COM1 as it is. Otherwise, and always for COM2, a cell
 * finds a copy that never receives and prints where all its output goes.
 */
import { areSeveral, send } from "../consoles.ts";
import { PcCell } from "./cells.ts";
import { PORT_CONSOLE } from "./q35.ts";

const COM2: u32 = 0x2f8;
const PORTS: u32 = 8;

const DATA: u32 = 0;
const INTERRUPT_ENABLE: u32 = 1;
const INTERRUPT_ID: u32 = 2;
const LINE_CONTROL: u32 = 3;
const LINE_STATUS: u32 = 5;
const MODEM_STATUS: u32 = 6;
const DIVISOR_ACCESS: u32 = 0x80;
const NO_INTERRUPT: u32 = 1;
const EMPTY: u32 = 0x60;
/** Clear to send, data set ready, carrier. */
const CONNECTED: u32 = 0xb0;
/** Registers 0 to 7, and behind them the divisor. */
const KEPT: u32 = 16;

export function covers(port: u32): bool {
  return port - COM2 < PORTS || (areSeveral() && port - PORT_CONSOLE < PORTS);
}

export function access(cell: PcCell, port: u32, write: bool, value: u32): i64 {
  const first = port - COM2 < PORTS ? KEPT : 0;
  const offset = port & (PORTS - 1);
  const toDivisor = offset <= INTERRUPT_ENABLE && (cell.uarts[first + LINE_CONTROL] & DIVISOR_ACCESS) != 0;
  const place = first + offset + (toDivisor ? PORTS : 0);
  if (write) {
    if (offset == DATA && !toDivisor) send(cell, value);
    else cell.uarts[place] = <u8>value;
    return 0;
  }
  if (toDivisor) return cell.uarts[place];
  if (offset == DATA) return 0;
  if (offset == INTERRUPT_ID) return NO_INTERRUPT;
  if (offset == LINE_STATUS) return EMPTY;
  return offset == MODEM_STATUS ? CONNECTED : cell.uarts[place];
}
