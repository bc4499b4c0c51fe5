/** A hash table with open addressing: counts how often random keys occur. */
const SLOTS = 4096;
const KEYS = 16384;
const keys = new StaticArray<u32>(SLOTS);
const counts = new StaticArray<u32>(SLOTS);

function slotOf(key: u32): u32 {
  let slot = (key * 2654435761) >> 20;
  while (unchecked(keys[slot] != 0 && keys[slot] != key)) slot = (slot + 1) % SLOTS;
  return slot;
}

export function hash(): u32 {
  keys.fill(0);
  counts.fill(0);
  let seed: u32 = 7;
  for (let i = 0; i < KEYS; i++) {
    seed = seed * 1664525 + 1013904223;
    const key = ((seed >> 12) % 3000) + 1;
    const slot = slotOf(key);
    unchecked((keys[slot] = key));
    unchecked(counts[slot]++);
  }
  let sum: u32 = 0;
  for (let i = 0; i < SLOTS; i++) sum = sum * 3 + unchecked(keys[i] * counts[i]);
  return sum;
}
