/** Streaming over memory that is there from the start: reading, writing, copying by hand and by `memory.copy`. */
const COUNT: usize = 16 * 1024;
const BYTES: usize = COUNT * 8;
const source = memory.data(128 * 1024, 16);
const target = memory.data(128 * 1024, 16);
for (let i: usize = 0; i < COUNT; i++) store<u64>(source + i * 8, <u64>i * 0x9e3779b97f4b);

export function read(): u32 {
  let sum: u64 = 0;
  for (let i: usize = 0; i < COUNT; i++) sum += load<u64>(source + i * 8);
  return <u32>(sum ^ (sum >> 32));
}

export function write(): u32 {
  for (let i: usize = 0; i < COUNT; i++) store<u64>(target + i * 8, i);
  return load<u32>(target + BYTES / 2) + load<u32>(target + BYTES - 8);
}

export function copy(): u32 {
  for (let i: usize = 0; i < COUNT; i++) store<u64>(target + i * 8, load<u64>(source + i * 8));
  return load<u32>(target + BYTES / 2) + load<u32>(target + BYTES - 8);
}

export function memorycopy(): u32 {
  memory.copy(target, source, BYTES);
  return load<u32>(target + BYTES / 2) + load<u32>(target + BYTES - 8);
}
