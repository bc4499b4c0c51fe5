/** The loops of demos/mem-bomb: a byte of each cache line, in a buffer outside of linear memory. */
import * as jh from "jh-inmate/jh";

const BYTES: u64 = 512 * 1024;
const LINE: u64 = 64;
/** Behind the streams' (window.ts). */
const RAM: u64 = 0x480000;
const base: u64 = jh.map_ram(RAM, BYTES);
for (let i: u64 = 0; i < BYTES; i++) jh.store8(base + i, <u32>(i >> 4));

export function bombread(): u32 {
  let sum: u64 = 0;
  for (let i: u64 = 0; i < BYTES; i += LINE) sum += jh.load8(base + i);
  return <u32>sum;
}

export function bombwrite(): u32 {
  for (let i: u64 = 0; i < BYTES; i += LINE) jh.store8(base + i, jh.load8(base + i) + <u32>(i >> 6));
  return jh.load8(base);
}

export function bombboth(): u32 {
  const half = BYTES / 2;
  for (let i: u64 = 0; i < half; i += LINE) jh.store8(base + i, jh.load8(base + i) + jh.load8(base + i + half));
  return jh.load8(base + half + 1);
}
