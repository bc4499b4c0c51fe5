/* bomb.ts in C. */
enum { BOMB_BYTES = 64 * 1024, BOMB_LINE = 64 };
static uint8_t bomb_buffer[BOMB_BYTES];

static void bomb_prepare(void) {
  for (int i = 0; i < BOMB_BYTES; i++) bomb_buffer[i] = i >> 4;
}

static uint32_t bombread(void) {
  uint64_t sum = 0;
  for (int i = 0; i < BOMB_BYTES; i += BOMB_LINE) sum += bomb_buffer[i];
  return (uint32_t)sum;
}

static uint32_t bombwrite(void) {
  for (int i = 0; i < BOMB_BYTES; i += BOMB_LINE) bomb_buffer[i] += i >> 6;
  return bomb_buffer[0];
}

static uint32_t bombboth(void) {
  int half = BOMB_BYTES / 2;
  for (int i = 0; i < half; i += BOMB_LINE) bomb_buffer[i] += bomb_buffer[i + half];
  return bomb_buffer[half + 1];
}
