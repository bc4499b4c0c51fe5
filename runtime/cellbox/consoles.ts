/**
 * The consoles of the cells. A cell that is alone prints on the UART directly. With several each has a buffer, and the monitor's core passes on
 * what is in them: who prints without end waits for room in its own buffer, and no other cell waits for it.
 */
import { Cell, cells } from "./cell.ts";
import * as jh from "./jh.ts";
import { acquire, LOCK_CONSOLES, release } from "./lock.ts";
import { machine } from "./machine.ts";

/** Bytes of a buffer, a power of two. */
export const BUFFER: u32 = 0x4000;
/** The core has more to do than to print: bytes of one cell at a time. The length is sent in one byte. */
const LONGEST_PIECE: u32 = 255;
/** Microseconds between two looks for room. */
const WAIT: u64 = 200;

export function areSeveral(): bool {
  return cells.length > 1;
}

/** Takes a byte of a CPU of the cell; the CPUs of a cell share its buffer. */
export function send(cell: Cell, byte: u32): void {
  if (!areSeveral()) return machine.print(byte & 0xff);
  acquire(LOCK_CONSOLES + cell.index);
  while (waiting(cell) == BUFFER) machine.sleepUntil(jh.counter() + (WAIT * machine.hz()) / 1000000);
  jh.store8(cell.buffer + (cell.written & (BUFFER - 1)), byte);
  jh.barrier();
  cell.written++;
  release(LOCK_CONSOLES + cell.index);
}

/** On the monitor's core: passes on a piece of each cell: its index, the length, the bytes. true: there is more. */
export function passOn(): bool {
  let more: bool = false;
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i];
    const all = waiting(cell);
    if (all == 0) continue;
    const length = min(all, LONGEST_PIECE);
    machine.print(i);
    machine.print(length);
    for (let n: u32 = 0; n < length; n++) machine.print(jh.load8(cell.buffer + ((cell.sent + n) & (BUFFER - 1))));
    jh.barrier();
    cell.sent += length;
    if (all > length) more = true;
  }
  return more;
}

/** At the end of the run: what has been printed till now, though the cells go on. */
export function passOnAll(): void {
  for (let n: u32 = 0; n <= BUFFER / LONGEST_PIECE; n++) if (!passOn()) return;
}

function waiting(cell: Cell): u32 {
  jh.barrier();
  return cell.written - cell.sent;
}
