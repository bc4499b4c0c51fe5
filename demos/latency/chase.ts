/** A ring of pointers, one in each cache line, in an order that no prefetcher foresees: the next load cannot begin before the last has ended. */
import { Window } from "jh-inmate";

export const LINE: u64 = 64;

/** Sattolo's shuffle makes one ring of all lines (S. Sattolo, IPL 22, 1986). Each line holds the offset of the next. */
export function link(memory: Window, size: u64): void {
  const lines = size / LINE;
  for (let i: u64 = 0; i < lines; i++) memory.store64(i * LINE, i * LINE);
  let random: u64 = 0x2545f491;
  for (let i = lines - 1; i > 0; i--) {
    // xorshift64 (G. Marsaglia, Journal of Statistical Software 8, 2003)
    random ^= random << 13;
    random ^= random >> 7;
    random ^= random << 17;
    const other = (random % i) * LINE;
    const offset = memory.load64(i * LINE);
    memory.store64(i * LINE, memory.load64(other));
    memory.store64(other, offset);
  }
}

/** Follows the ring for so many loads. Where it ends goes beside the first pointer: so no load can be left out. */
export function chase(memory: Window, loads: u64): void {
  let offset: u64 = 0;
  for (let n: u64 = 0; n < loads; n++) offset = memory.load64(offset);
  memory.store64(8, offset);
}
