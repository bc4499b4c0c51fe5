/* stream.ts in C. */
enum { STREAM_COUNT = 16 * 1024 };
static uint64_t source[STREAM_COUNT], target[STREAM_COUNT];

static void read_prepare(void) {
  for (int i = 0; i < STREAM_COUNT; i++) source[i] = (uint64_t)i * 0x9e3779b97f4b;
}

static uint32_t read(void) {
  uint64_t sum = 0;
  for (int i = 0; i < STREAM_COUNT; i++) sum += source[i];
  return (uint32_t)(sum ^ sum >> 32);
}

static uint32_t write(void) {
  for (int i = 0; i < STREAM_COUNT; i++) target[i] = i;
  return (uint32_t)target[STREAM_COUNT / 2] + (uint32_t)target[STREAM_COUNT - 1];
}

static uint32_t copy(void) {
  for (int i = 0; i < STREAM_COUNT; i++) target[i] = source[i];
  return (uint32_t)target[STREAM_COUNT / 2] + (uint32_t)target[STREAM_COUNT - 1];
}

static uint32_t memorycopy(void) {
  memmove(target, source, sizeof source);
  return (uint32_t)target[STREAM_COUNT / 2] + (uint32_t)target[STREAM_COUNT - 1];
}
