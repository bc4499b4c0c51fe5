/**
 * Passes over memory, 64 bytes a turn in eight words, so that the loop costs nothing beside them. Native addresses: what clang makes of
 * them is what it makes of C.
 */
import * as jh from "jh-inmate/jh";

const TURN: u64 = 64;

/** The sum goes back to memory: else the compiler would see that nobody wants it. */
export function read(base: u64, size: u64): void {
  let sum: u64 = 0;
  for (let at = base; at < base + size; at += TURN) {
    sum += jh.load64(at) + jh.load64(at + 8) + jh.load64(at + 16) + jh.load64(at + 24);
    sum += jh.load64(at + 32) + jh.load64(at + 40) + jh.load64(at + 48) + jh.load64(at + 56);
  }
  jh.store64(base, sum);
  jh.barrier();
}

export function write(base: u64, size: u64): void {
  for (let at = base; at < base + size; at += TURN)
    for (let word: u64 = 0; word < TURN; word += 8) jh.store64(at + word, at);
  jh.barrier();
}

/** To behind it: `size` bytes are read, and as many written. */
export function copy(base: u64, size: u64): void {
  for (let at = base; at < base + size; at += TURN)
    for (let word: u64 = 0; word < TURN; word += 8) jh.store64(at + size + word, jh.load64(at + word));
  jh.barrier();
}
