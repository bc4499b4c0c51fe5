/* bomb.ts in C. */
enum { BOMB_BYTES = 512 * 1024, BOMB_LINE = 64 };
static uint8_t *bomb_memory;

static void bomb_prepare(void) {
  bomb_memory = (uint8_t *)(uintptr_t)jh_map_ram(0x480000, BOMB_BYTES);
  for (int i = 0; i < BOMB_BYTES; i++) bomb_memory[i] = i >> 4;
}

static uint32_t bombread(void) {
  const uint8_t *buffer = bomb_memory;
  uint64_t sum = 0;
  for (int i = 0; i < BOMB_BYTES; i += BOMB_LINE) sum += buffer[i];
  return (uint32_t)sum;
}

static uint32_t bombwrite(void) {
  uint8_t *buffer = bomb_memory;
  for (int i = 0; i < BOMB_BYTES; i += BOMB_LINE) buffer[i] += i >> 6;
  return buffer[0];
}

static uint32_t bombboth(void) {
  uint8_t *buffer = bomb_memory;
  int half = BOMB_BYTES / 2;
  for (int i = 0; i < half; i += BOMB_LINE) buffer[i] += buffer[i + half];
  return buffer[half + 1];
}
