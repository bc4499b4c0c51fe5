/* crc32.ts in C. */
enum { CRC_LENGTH = 64 * 1024 };
static uint32_t crc_table[256];
static uint8_t message[CRC_LENGTH];

static void crc32_prepare(void) {
  for (uint32_t i = 0; i < 256; i++) {
    uint32_t value = i;
    for (int bit = 0; bit < 8; bit++) value = value & 1 ? value >> 1 ^ 0xedb88320 : value >> 1;
    crc_table[i] = value;
  }
  for (int i = 0; i < CRC_LENGTH; i++) message[i] = (uint8_t)(i * 13 + (i >> 8));
}

static uint32_t crc32(void) {
  uint32_t crc = 0xffffffff;
  for (int i = 0; i < CRC_LENGTH; i++) crc = crc_table[(crc ^ message[i]) & 0xff] ^ crc >> 8;
  return ~crc;
}
