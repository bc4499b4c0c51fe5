/* window.ts in C: to C all memory is alike. */
enum { WINDOW_COUNT = 16 * 1024 };
static uint64_t window_source[WINDOW_COUNT], window_target[WINDOW_COUNT];

static void window_prepare(void) {
  for (int i = 0; i < WINDOW_COUNT; i++) window_source[i] = (uint64_t)i * 0x9e3779b97f4b;
}

static uint32_t windowread(void) {
  uint64_t sum = 0;
  for (int i = 0; i < WINDOW_COUNT; i++) sum += window_source[i];
  return (uint32_t)(sum ^ sum >> 32);
}

static uint32_t windowwrite(void) {
  for (int i = 0; i < WINDOW_COUNT; i++) window_target[i] = i;
  return (uint32_t)window_target[WINDOW_COUNT / 2] + (uint32_t)window_target[WINDOW_COUNT - 1];
}

static uint32_t windowcopy(void) {
  for (int i = 0; i < WINDOW_COUNT; i++) window_target[i] = window_source[i];
  return (uint32_t)window_target[WINDOW_COUNT / 2] + (uint32_t)window_target[WINDOW_COUNT - 1];
}
