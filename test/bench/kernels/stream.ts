/** Streaming over memory: reading, writing, copying by hand and by `memory.copy`. */
const COUNT = 16 * 1024;
const source = new StaticArray<u64>(COUNT);
const target = new StaticArray<u64>(COUNT);
for (let i = 0; i < COUNT; i++) source[i] = <u64>i * 0x9e3779b97f4a7c15;

export function read(): u32 {
  let sum: u64 = 0;
  for (let i = 0; i < COUNT; i++) sum += unchecked(source[i]);
  return <u32>(sum ^ (sum >> 32));
}

export function write(): u32 {
  for (let i = 0; i < COUNT; i++) unchecked((target[i] = i));
  return <u32>target[COUNT / 3] + <u32>target[COUNT - 1];
}

export function copy(): u32 {
  for (let i = 0; i < COUNT; i++) unchecked((target[i] = source[i]));
  return <u32>target[COUNT / 3] + <u32>target[COUNT - 1];
}

export function memorycopy(): u32 {
  memory.copy(changetype<usize>(target), changetype<usize>(source), COUNT * sizeof<u64>());
  return <u32>target[COUNT / 3] + <u32>target[COUNT - 1];
}
