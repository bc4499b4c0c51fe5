/** Streaming over RAM outside of linear memory, as `ram.Window` does it: more than a module's memory could hold, and 64-bit addresses. */
import * as jh from "jh-inmate/jh";

const COUNT: u64 = 16 * 1024;
const BYTES: u64 = COUNT * 8;
/** In the bench's cell this RAM lies behind the linear memory. */
const RAM: u64 = 0x400000;
const base: u64 = jh.map_ram(RAM, 2 * BYTES);
for (let i: u64 = 0; i < COUNT; i++) jh.store64(base + i * 8, i * 0x9e3779b97f4b);

export function windowread(): u32 {
  let sum: u64 = 0;
  for (let i: u64 = 0; i < COUNT; i++) sum += jh.load64(base + i * 8);
  return <u32>(sum ^ (sum >> 32));
}

export function windowwrite(): u32 {
  const target = base + BYTES;
  for (let i: u64 = 0; i < COUNT; i++) jh.store64(target + i * 8, i);
  return jh.load32(target + BYTES / 2) + jh.load32(target + BYTES - 8);
}

export function windowcopy(): u32 {
  const target = base + BYTES;
  for (let i: u64 = 0; i < COUNT; i++) jh.store64(target + i * 8, jh.load64(base + i * 8));
  return jh.load32(target + BYTES / 2) + jh.load32(target + BYTES - 8);
}
