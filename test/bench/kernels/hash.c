/* hash.ts in C. */
enum { SLOTS = 4096, KEYS = 16384 };
static uint32_t keys[SLOTS], counts[SLOTS];

static uint32_t slot_of(uint32_t key) {
  uint32_t slot = key * 2654435761u >> 20;
  while (keys[slot] != 0 && keys[slot] != key) slot = (slot + 1) % SLOTS;
  return slot;
}

static uint32_t hash(void) {
  memset(keys, 0, sizeof keys);
  memset(counts, 0, sizeof counts);
  uint32_t seed = 7;
  for (int i = 0; i < KEYS; i++) {
    seed = seed * 1664525 + 1013904223;
    uint32_t key = (seed >> 12) % 3000 + 1;
    uint32_t slot = slot_of(key);
    keys[slot] = key;
    counts[slot]++;
  }
  uint32_t sum = 0;
  for (int i = 0; i < SLOTS; i++) sum = sum * 3 + keys[i] * counts[i];
  return sum;
}
