/* scan.ts in C. */
enum { TEXT_LENGTH = 32 * 1024 };
static uint8_t text[TEXT_LENGTH];

static void scan_prepare(void) {
  for (int i = 0; i < TEXT_LENGTH; i++) text[i] = i % 61 == 0 ? '\n' : i % 7 == 3 ? ' ' : 'a' + ((i * i) >> 3) % 26;
}

static bool is_vowel(uint8_t c) {
  switch (c) {
  case 'a':
  case 'e':
  case 'i':
  case 'o':
  case 'u': return true;
  default: return false;
  }
}

static uint32_t scan(void) {
  uint32_t lines = 0, words = 0, vowels = 0;
  bool in_word = false;
  for (int i = 0; i < TEXT_LENGTH; i++) {
    uint8_t c = text[i];
    if (c == '\n') lines++;
    if (c <= ' ') in_word = false;
    else if (!in_word) {
      in_word = true;
      words++;
    }
    if (is_vowel(c)) vowels++;
  }
  return lines << 24 ^ words << 12 ^ vowels;
}
